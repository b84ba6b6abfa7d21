import CommandLanguage
import Testing

@Test func scratch() {
    let scripts = [
        "optimizer sgd rate=0.1 momentun=0.9", "trian 3", "x = 5", "x += 1", "model.fit(x)", "import torch",
        "exit()", "exit",
        "conv 3", "model m {\n  train 3\n  conv 0\n  con 3\n}", "train", "train 1.5", "train 3 3",
        "train 3 epochs=4", "train time=3 3",
        "train 3 time=0", "optimizer", "optimizer foo", "optimizer sgd nesterov=yes", "data idx nofile",
        "load x", "save x\nload x",
        "train 3 -> r\nexpect ($r.val.accuracy.last > 0.9)", "train 3 -> r\nprint $r.vall.accuracy",
        "train 3 -> r\nprint $r.val.acc", "print $zz",
        "break", "expect (1)", "expect (1 + 1 == 3)", "if x > 3 { }", "let x = 1 + 2", "let x = train 3",
        "let x = (1 + 2\ntrain 5",
        "model m { conv 3 kernel=a }", "model m { conv 3 padding=sane }", "model m", "relu", "save x -> y",
        "print (1/0)", "print (foo(3))",
        "print (train(3))", "train --epochs 3", "train epochs = 3", "print $x/y", "print 'a'", "let $x = 3",
        "train 3 -> $x", "train 3 -> run-1",
        "def train(x) { }", "def f(x) { f $x }\nf 3", "for x in 3 { }", "data shapes 16 noise=200%",
        "train 3 scale=3..1", "train 3 milestones=3",
        "fail argument", "fail block {\n conv 3\n conv 4 kernel=3\n}", "fail plain", "else { }", "print (x)",
        "print ($x && $y)", "fail stop -> a",
        "}", "let x = 5 }", "print \"abc", "train 3,4", "5 + 3", "let a = [1, 2\nprint 3",
        "\tprint $q  # tab", "print é $qq", "print \u{1} 3", "conv 3 {",
    ]
    for script in scripts {
        print(">>> \(script)")
        print(Session().output(script).joined(separator: "\n"))
    }
}
