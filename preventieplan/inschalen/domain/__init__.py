"""Scoring in silence: a round is opened, everybody scores apart, and the spread is shown at once.

The rules that keep anybody from being singled out, each with its reason:

- A round is for MIN_SCORES people or more, and shows nothing with fewer scores: of three, two who
  know their own know the third. The number is typed before, is the most that is taken, and stays
  until the spread tells how many scored: whoever could change it would see how many there are by
  when the round is full.
- Beside papers there are no phones, or MIN_SCORES of them: who counts the papers has read those,
  and what is left of the spread is what the phones gave.
- Until the spread is shown a round says "nog bezig" or "iedereen klaar", and never how many: a
  count that goes up when a colleague puts away her phone tells of her. Phones and papers have
  numbers of their own, so that counting papers tells nothing about the phones.
- What was counted on paper is not shown either before the spread, not to who counts again: two
  papers are of two people without a phone.
- Nothing comes after the spread. A vote that arrives later is refused.
- A vote is one more of a score: no row, no time, no device. All rows of its goal are written with
  it, because PostgreSQL stores which of them was written last. A phone keeps a signed cookie that
  says that it answered. Who wipes that can vote again, within the number that was typed: a hall
  that counts its heads sees that too.
- Sentences are stored apart from scores, and shown from MIN_SENTENCES phones on, in no order: on a
  paper they stay. With fewer they are erased when the spread is shown.
- A second round replaces the first: its spread and sentences are erased when the second one opens,
  and it takes as many scores as the first had, on phones and on paper. It shows nothing until all
  of those are in: for who remembers the first, one score less is the score of whoever left. There
  is no third that day, and no other round in the school with a goal of which the spread was shown
  that day.
- A round that is stopped shows nothing and keeps no score; that it was there stays for a day.
- One round at a time in a dossier: two would reach the same people, and who is in one only would
  stand out.
- Plan and routekaart, which are read by who was not there, show a spread from MIN_PRINTED scores
  on, and only when the team ticks it; sentences never.

What no rule here can detect is somebody who gives three scores herself to learn the fourth.
"""
