"""Tables out of files that people made, or a reason why not."""
