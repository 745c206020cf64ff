"""Makes the sample inbox: an invented world, written out in the forms that real counties use."""
