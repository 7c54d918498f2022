"""What is wrong with a record, and what an office should do about it. Imports only `ipregister.model`.

`rules` holds the one list of rules and `check`; `checks/` the rules by topic; `facts` the protocol for rules
that need other records; `messages` the sentences of findings in the reader's language; `fill` counts filled
fields; `report` is the delivery report and `writers` its files.
"""
