"""The site of a description: every version that was published, for machines and for people."""
