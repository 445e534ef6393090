"""What `make bench` measures: the front page beside nginx, publishing, and the fan-out of mails."""
