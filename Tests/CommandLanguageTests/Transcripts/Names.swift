extension ShownErrors {
    static let names = #"""
        > trian 3
        error[unknown-command]: unknown command `trian`
          1 | trian 3
            | ^^^^^ did you mean `train`?

        > xyzzy
        error[unknown-command]: unknown command `xyzzy`
          1 | xyzzy
            | ^^^^^ `help` lists the commands

        > conv 3
        error[entry-outside-block]: `conv` is a layer: it stands inside `model { }`
          1 | conv 3
            | ^^^^ `help conv` and `help model` show how

        > cnov 3
        error[unknown-command]: unknown command `cnov`
          1 | cnov 3
            | ^^^^ did you mean `conv`? (a layer, inside `model { }`)

        > model m {
        >   train 3
        >   conv 0
        >   con 3
        > }
        error[command-inside-block]: `train` is a command: only a layer can stand inside `model { }`
          2 |   train 3
            |   ^^^^^ close the block of `model` with `}` first
        error[wrong-value]: `filters` takes an integer 1..65536, not 0
          3 |   conv 0
            |        ^
        error[unknown-entry]: unknown layer `con`
          4 |   con 3
            |   ^^^ did you mean `conv`?

        > model m { branch { conv 3 } }
        error[entry-outside-block]: `conv` is a layer: it stands inside `model { }`
          1 | model m { branch { conv 3 } }
            |                    ^^^^ `help conv` and `help model` show how

        > model m { $x }
        error[only-declarations]: only a layer can stand inside `model { }`
          1 | model m { $x }
            |           ^^ show it after the block
        error[unknown-variable]: nothing is named `$x`
          1 | model m { $x }
            |           ^^ `let x = value` or `-> x` sets it

        > import torch
        error[foreign-habit]: unknown command `import`
          1 | import torch
            | ^^^^^^ nothing needs importing; `help` lists the commands

        > exit()
        error[called-like-function]: `exit(...)` is not how a command is typed
          1 | exit()
            | ^^^^^ `exit`

        > model.fit(x)
        error[called-like-function]: `model.fit(...)` is not how a command is typed
          1 | model.fit(x)
            | ^^^^^^^^^^ `train 3` trains for three epochs

        > foo(3)
        error[called-like-function]: `foo(...)` is not how a command is typed
          1 | foo(3)
            | ^^^^ a command is typed without parentheses: `command value name=value`

        > elif
        error[foreign-habit]: unknown command `elif`
          1 | elif
            | ^^^^ `} else if (condition) {`

        > set x 3
        error[foreign-habit]: unknown command `set`
          1 | set x 3
            | ^^^ `let x = 5`

        > print $zz
        error[unknown-variable]: nothing is named `$zz`
          1 | print $zz
            |       ^^^ `let zz = value` or `-> zz` sets it

        > train 3 -> run
        > print $rum
        error[unknown-variable]: nothing is named `$rum`
          2 | print $rum
            |       ^^^^ did you mean `$run`?

        > train 3 -> r
        > print $r.vall.loss
        error[unknown-field]: `$r` has no field `vall`
          2 | print $r.vall.loss
            |          ^^^^ did you mean `val`?

        > train 3 -> r
        > print $r.val.acc
        error[unknown-field]: `$r.val` has no field `acc`
          2 | print $r.val.acc
            |              ^^^ it has `accuracy` and `loss`

        > let r = 3..4
        > print $r.min
        error[unknown-field]: `$r` has no field `min`
          2 | print $r.min
            |          ^^^ it has `lower`, `upper`, `count`, `first` and `last`

        > let r = 0.5..4
        > print $r.last
        error[unknown-field]: `$r` has no field `last`
          2 | print $r.last
            |          ^^^^ it has `lower` and `upper`

        > print (foo(3))
        error[unknown-function]: unknown function `foo`
          1 | print (foo(3))
            |        ^^^ `help functions` lists them

        > print (sqrtt(3))
        error[unknown-function]: unknown function `sqrtt`
          1 | print (sqrtt(3))
            |        ^^^^^ did you mean `sqrt`?

        > print (train(3))
        error[unknown-function]: `train` is a command, not a function
          1 | print (train(3))
            |        ^^^^^ `train ... -> name` keeps its result for an expression

        > help trian
        error[unknown-topic]: help knows nothing about `trian`
          1 | help trian
            |      ^^^^^ did you mean `train`?

        > help functoins
        error[unknown-topic]: help knows nothing about `functoins`
          1 | help functoins
            |      ^^^^^^^^^ did you mean `Functions`?

        > fail argument {
        >   train 3
        > }
        error[command-inside-block]: `train` is a command: only an attempt can stand inside `fail { }`
          2 |   train 3
            |   ^^^^^ close the block of `fail` with `}` first

        > def train(x) { }
        error[reserved-name]: `train` is a command already
          1 | def train(x) { }
            |     ^^^^^

        > def conv(x) { }
        error[reserved-name]: `conv` is a command already
          1 | def conv(x) { }
            |     ^^^^

        > def if() { }
        error[reserved-name]: `if` is a word of the language
          1 | def if() { }
            |     ^^

        > def f() { con 3 }
        error[unknown-command]: unknown command `con`
          1 | def f() { con 3 }
            |           ^^^ did you mean `conv`? (a layer, inside `model { }`)

        > def block() { conv 3 }
        > block
        error[definition-not-usable-here]: `block` holds a layer: it stands inside `model { }`
          2 | block
            | ^^^^^

        > def t() { train 3 }
        > model m { t }
        error[definition-not-usable-here]: `t` runs commands: it stands outside of this block
          2 | model m { t }
            |           ^

        > print "$zz"
        error[unknown-variable]: nothing is named `$zz`
          1 | print "$zz"
            |        ^^^ `let zz = value` or `-> zz` sets it

        """#
}
