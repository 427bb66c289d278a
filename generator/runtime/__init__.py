"""What every generated package carries: the modules that do not depend on the description.

They are ordinary Python, linted, typed and tested where they stand, and copied into the package as they are.
"""
