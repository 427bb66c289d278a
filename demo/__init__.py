"""The way from a picture to its text: the local service and the generated client on the sample pictures."""
