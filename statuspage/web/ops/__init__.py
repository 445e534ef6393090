"""Whether this installation can do its work, for balancers and monitors. Health is answered by the public door."""
