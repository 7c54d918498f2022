"""Writing a name of any script in plain Latin letters as it sounds.

Tables (`tables/*.tsv`) hold what each letter stands for; `syllables` reads the scripts whose consonants carry a
vowel, `letterwise` the alphabets, `east` Chinese, Japanese and Korean, `latin` what differs between spellings in
Latin letters. Scripts without a table of ours are read by the package `anyascii`. Public: `spoken.spoken`,
`spoken.spelled`, `script.script_of`.
"""
