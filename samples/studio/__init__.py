"""The means with which the sample pictures are made: fonts, pens, sheets of paper and a shop banner."""
