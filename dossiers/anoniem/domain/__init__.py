"""Anonymous surveys: opening one, its last day, closing it, and waves of made-up answers.

The rules that keep anybody from being singled out, whatever is asked:

- Nothing is shown before a survey is over, and then only if it has at least MIN_ANSWERS answers.
  From that moment it is settled: it never reopens, so there is never a second result to compare
  with the first. A survey that ended with fewer answers showed only their number, and may be
  reopened.
- A school has at most one running survey, of whichever kind and in whichever of its dossiers: they
  all ask its teachers. Two at once would reach the same people in the same days, and those who
  answered only one of them would stand out; a single link also keeps the group as large as
  possible. In a closed dossier it runs on until its last day, although nobody answers: whoever
  opens that dossier again would have two. The next survey starts from zero and needs MIN_ANSWERS
  answers of its own: answers never carry over.
- The day is the only time that is stored. As long as there are no results, the number that is shown
  is that of the days before today: nobody sees it go up when a colleague puts her phone away.
- One exception: somebody can fill up a survey with made-up answers. From FLOOD answers in the same
  ten minutes on, those answers carry a mark of that wave. It says no more than "one of these twenty
  or more". Until then nothing is kept but in the memory of the process. The team is told, and
  decides before there are results, without reading anything: set it aside, or let it count. What
  counts loses its mark. What was set aside can be put back, until the results are there: there is
  never a second result to compare.

What no rule here can detect is somebody who submits four answers in order to read the fifth, or
made-up answers that come slowly.
"""
