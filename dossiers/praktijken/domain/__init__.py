"""What a team shares of what worked, who reads it first, and what others do with it.

The team tells it, the ankerfiguur of its CLB reads it and passes it on, and an editor of the PLG
puts it on the shelf. Either of those two can ask the team something instead. Words that the team
changes begin again with the ankerfiguur, so nothing stands on the shelf that nobody read.
"""
