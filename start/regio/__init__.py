"""What the schools of a province, and of all of Flanders, filled in together.

That is numbers, and never a school.

A number is told of at least five schools of at least two CLB's, and two looks at it may not tell
more than one does; nor may it tell a CLB, which knows its own schools, what one other did. So the
figures of a province are settled once a month, each by itself, and one moves only when at least
five schools of at least two CLB's moved it. Those of Flanders are the sum of what its provinces
tell: what is held back somewhere cannot be worked out from the others.
"""
