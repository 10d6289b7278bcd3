"""Documents on paper: made outside the request threads, kept, and served.

A request renders the HTML of a document and looks whether its PDF is kept. If not, a process of its
own lays it out, when one of the few places of this machine is free.
"""
