"""What `make bench` measures: the front page beside nginx, publishing, mails, memory, the panel, growth."""
