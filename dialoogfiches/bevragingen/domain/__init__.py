"""The mini-bevraging: what may be shown of its texts, beyond the rules of every anonymous survey.

The rules of every survey stand in dossiers/anoniem/domain/. Those for texts:

- The texts of a branch are shown only if the branch has at least MIN_ANSWERS_PER_BRANCH answers.
  With one nee, all texts under nee are by the same person; with two, each of the two knows what
  the other wrote. Their number is shown, their texts are not, and the public page says so
  beforehand.
- The head (vak, richting) is shown apart from all answers, one question at a time, and only if at
  least MIN_ANSWERS people filled in that question: in a short list, the name of a subject is the
  name of a person.
- The rows reveal no order: see `store_shuffled` in stsdialoog/shuffling.py. The mark of a wave
  (Golf) is on texts as well.
"""
