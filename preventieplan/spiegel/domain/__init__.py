"""The spiegel: the team puts questions of its plan to all teachers, and reads both side by side.

It is an anonymous survey, under the rules of dossiers/anoniem/domain/. Its own, each with a reason:

- An answer is one more of a stand for each question: no row, no moment, and nothing that ties what
  one person answered to two questions. All questions are written with each answer, because
  PostgreSQL stores which row was written last.
- Everybody answers every question; "weet ik niet" is an answer. So each question has as many
  answers as the spiegel, and none of them has fewer than MIN_ANSWERS.
- A question whose answers were shown, or still may be, is not put again in that school for
  REST_DAYS, in whichever dossier; nor do answers that were set aside count once it was: whoever
  lays two results side by side would see what those answered who came or left in between. After
  half a year people see it otherwise themselves, and a difference tells of nobody.
- Questions, their texts and what the team had answered are kept as they were when it was opened:
  what the team changes afterwards does not change what it compares itself with, and teachers do
  not read what the team answered before they did.
- A spiegel writes nothing in the plan. A difference is worded as a question and never as a number
  of its own; a group smaller than MIN_NAMED is not named in it, so that nobody is looked for. Its
  bar is there: hiding it would say as much, as all bars of a question add up.
- Only questions with a stand that teachers can choose are put; n.v.t. is none of those.
- Plan and routekaart, which are read by who was not asked, tell of it only when the team ticks it.
"""
