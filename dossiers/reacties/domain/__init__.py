"""That a line of a material works or not, as schools and CLB's say it, and telling that to the PLG.

The rules that keep a school from being singled out (docs/adr/0045):

- What is said has no school, no person and no time; that somebody said something has no words. Both
  are written together, so what waits at a line is written again with each new one, in another
  order: which words came with the last name cannot be told from which rows came together.
- A school or a CLB says one thing of a line until that was told: a second tab changes nothing.
- It is told once a month, and only when at least five schools of at least two CLB's said something
  since, of which no CLB has all but one. So whatever two looks differ in is of so many at once.
  A CLB that says something itself is no school: it comes along, and does not make five.
- Niveau and province stand beside a sentence only where that is of so many schools, and where
  those without are none or as many: what is not said tells nothing either.
"""
