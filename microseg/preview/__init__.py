"""The site as it would be built, shown while the sources are being written: watched, made when asked for, reloaded.

- `live.Live(root, day)`: the workspace as it stands; `look()` takes in what changed, `shown` is what a reader sees.
- `shown.Shown`: one state of the site; `answer(path)` makes the page that is asked for, and nothing else.
- `server.make_server(live, host, port)`: HTTP on this machine. Everything is answered from memory: no file is ever served.
"""
