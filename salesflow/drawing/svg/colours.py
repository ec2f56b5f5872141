"""The colours of our pictures, by day and by night: a name is the same thing in both.

Text on its ground keeps a contrast of at least 4.5 to 1. The heat grows darker by day and brighter
by night, so that it can be read without telling red from green.
"""

_COLOURS = """
paper            #ffffff  #0f172a
title            #14213d  #f1f5fb
ink              #1b2536  #e6edf7
soft             #566479  #a3b3c9
faint            #b9c4d2  #43536d
lane             #f7f9fc  #141e33
rule             #d9e1ec  #2b3a56
head             #e6edf7  #1d2b47
head-ink         #1f3a63  #cfddf3
outer            #fbf8f1  #1e1c1a
outer-rule       #e3d8c1  #453b29
outer-head       #f4ead6  #382f1f
outer-ink        #6a4b12  #ecd9b0
frame            #eff4fb  #182641
frame-rule       #a7b7cf  #4d6288
box              #ffffff  #1c2942
line             #8595aa  #5f7597
flow             #718096  #8ba0bf
main             #2f63b8  #7fb0ff
choice           #f4f0fc  #2a2448
choice-line      #8a78c4  #8f7fd6
run              #edf6f8  #15303a
run-line         #4f8a9c  #5ba3b8
source           #eaf1fd  #1a2f57
source-line      #5b83c9  #6f9be8
source-ink       #1f3f78  #cfe0ff
won              #e0f4e6  #123420
won-line         #23874a  #4fc47d
won-ink          #14532d  #c6f3d6
lost             #edf0f4  #283243
lost-line        #77869a  #8593a8
lost-ink         #3b4758  #ccd6e4
gone             #f5f3f0  #2c2a28
gone-line        #968a7b  #9b8f80
gone-ink         #554b3f  #ddd2c5
failed           #fbeee6  #3a2418
failed-line      #b0623a  #d98a5f
failed-ink       #7a3d1c  #f5cdb5
error            #b42318  #ff8f84
error-ground     #fdeae8  #471b18
error-ink        #8a1a12  #ffd0cb
warning          #a05a00  #f3b04a
warning-ground   #fdf1d8  #42300f
warning-ink      #7a4500  #fbdca6
info             #1763b0  #73b7f5
info-ground      #e4f0fb  #15314d
info-ink         #124a85  #c4e1fb
added            #1b7a3e  #55cf85
added-ground     #def4e5  #12381f
added-ink        #135c2e  #bff2d1
removed          #b42318  #ff8f84
removed-ground   #fdeae8  #471b18
removed-ink      #8a1a12  #ffd0cb
changed          #8d6200  #e8bd4e
changed-ground   #fcf3d4  #3e3210
changed-ink      #6b4a00  #f6dfa0
heat-0           #fffaf0  #241f1a
heat-1           #feedc7  #3d2d17
heat-2           #fdd993  #583c14
heat-3           #fbbd5c  #734a11
heat-4           #f39a3d  #8c520f
heat-5           #e2743a  #a0560f
heat-line        #9a5a14  #f0a64a
"""

_ROWS = [row.split() for row in _COLOURS.strip().splitlines()]
LIGHT = {f"--sf-{name}": day for name, day, _ in _ROWS}
DARK = {f"--sf-{name}": night for name, _, night in _ROWS}
