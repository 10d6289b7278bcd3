"""The anonymous survey: opening it, answering once, closing it; and what may be shown of it.

The rules that keep anybody from being singled out:

- Nothing is shown before a survey is over, and then only if it has at least MIN_ANSWERS answers.
  From that moment it is settled: it never reopens, so there is never a second result to compare
  with the first. A survey that ended with fewer answers showed only their number, and may be
  reopened.
- A dossier has at most one running survey. Two at once would reach the same people in the same
  days, and those who answered only one of them would stand out; a single link also keeps the group
  as large as possible. The next survey starts from zero and needs MIN_ANSWERS answers of its own:
  answers never carry over.
- The texts of a branch are shown only if the branch has at least MIN_ANSWERS_PER_BRANCH answers.
  With one nee, all texts under nee are by the same person; with two, each of the two knows what
  the other wrote. Their number is shown, their texts are not, and the public page says so
  beforehand.
- The head (vak, richting) is shown apart from all answers, one question at a time, and only if at
  least MIN_ANSWERS people filled in that question: in a short list, the name of a subject is the
  name of a person.
- The day is the only time that is stored, and the rows reveal no order: see `store_shuffled` in
  stsdialoog/shuffling.py. As long as there are no results, the number that is shown is that of the
  days before today: nobody sees it go up when a colleague puts her phone away.
- One exception: somebody can fill up a survey with made-up answers. From FLOOD answers in the same
  ten minutes on, those answers carry a mark of that wave (Golf), texts as well. It says no more
  than "one of these twenty or more". Until then nothing is kept but in the memory of the process.
  The team is told, and decides before there are results, without reading anything: set it aside, or
  let it count. What counts loses its mark. What was set aside can be put back, until the results
  are there: there is never a second result to compare.

What no rule here can detect is somebody who submits four answers in order to read the fifth, or
made-up answers that come slowly.
"""
