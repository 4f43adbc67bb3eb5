def test_smoke(rig):
    p = rig.person("ru")
    rig.tell(p, "/start")
    print(p.last)
    rig.press(p, "мне уже" if False else p.last.buttons[0][0].text)
    for m in p.arrived: print("---", m.text, m.buttons)
    print(rig.tell(p, "/quiz"), p.last.buttons)
    for _ in range(6):
        if p.last.buttons and "option" in p.last.buttons[0][0].data:
            p.press(p.last.buttons[0][0]); rig.turn()
        else:
            rig.tell(p, "дом")
        for m in p.arrived[-2:]: print("---", m.text, m.buttons)
    print(rig.tell(p, "/progress"), p.last.content)
    print(rig.tell(p, "/words"))
    print(rig.tell(p, "каса"))
    print(rig.tell(p, "perro"))
    print(rig.tell(p, "/remind"))
    print(rig.tell(p, "19:30"))
    print(rig.tell(p, "/language"), p.last.buttons)
    print(rig.tell(p, "/stop"), p.last.buttons)
    print(rig.press(p, p.last.buttons[0][0].text))
    assert rig.count("bot_messages")==0
    assert rig.count("client_info")==1
    assert 0
