"""All pages: the public portal and the staff pages. Floor 5: imports from all lower floors, wired by `web`.

Views are thin: parse, call one function of a lower floor, render. `site.Site` carries what a view needs
(register, index, limits); `urls.routes(site)` makes the addresses. Public views read only
`model.publicity.project`; staff views stand behind `access.staff` and are denied by default.
"""
