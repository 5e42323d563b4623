"""Words against words: alignment and marks as plain Python over strings, without Django or HTML. Empty so far."""
