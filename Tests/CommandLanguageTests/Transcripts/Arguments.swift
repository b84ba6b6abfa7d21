extension ShownErrors {
    static let arguments = #"""
        > optimizer sgd rate=0.1 momentun=0.9
        error[unknown-argument]: `sgd` has no argument `momentun`
          1 | optimizer sgd rate=0.1 momentun=0.9
            |                        ^^^^^^^^ did you mean `momentum`? (number 0..<1, default 0)

        > exit now
        error[surplus-value]: `exit` takes nothing without a name, `now` is one too many
          1 | exit now
            |      ^^^

        > exit a=3
        error[unknown-argument]: `exit` has no argument `a`
          1 | exit a=3
            |      ^ `exit` takes no named arguments

        > train
        error[missing-argument]: `train` needs `epochs`: how often to go through the data
          1 | train
            | ^^^^^ such as `train 3` (integer 1..1000)

        > optimizer sgd rate=x
        error[wrong-value]: `rate` takes a number > 0, not `x`
          1 | optimizer sgd rate=x
            |                    ^

        > optimizer
        error[missing-variant]: `optimizer` needs `sgd` or `adam`
          1 | optimizer
            | ^^^^^^^^^ such as `optimizer sgd`

        > optimizer sgdd
        error[unknown-variant]: `optimizer` takes `sgd` or `adam`, not `sgdd`
          1 | optimizer sgdd
            |           ^^^^ did you mean `sgd`?

        > optimizer foo
        error[unknown-variant]: `optimizer` takes `sgd` or `adam`, not `foo`
          1 | optimizer foo
            |           ^^^

        > optimizer 3
        error[unknown-variant]: `optimizer` takes `sgd` or `adam`, not `3`
          1 | optimizer 3
            |           ^

        > curve ($y + 1)
        error[unknown-variable]: nothing is named `$y`
          1 | curve ($y + 1)
            |        ^^ `let y = value` or `-> y` sets it

        > curve (x + 1)
        error[word-in-expression]: `x` is not a value in an expression
          1 | curve (x + 1)
            |        ^ `$x` is a variable, `"x"` a text

        > curve fast
        error[wrong-value]: `formula` takes a formula of $x and $t, such as `($x / 2)`, not `fast`
          1 | curve fast
            |       ^^^^

        > train 3 -> run
        > curve ($run * $x)
        error[wrong-value]: `formula` takes a formula of $x and $t, such as `($x / 2)`, not a record
          2 | curve ($run * $x)
            |        ^^^^

        > train 1.5
        error[wrong-value]: `epochs` takes an integer 1..1000, not 1.5
          1 | train 1.5
            |       ^^^ a whole number is needed

        > train 0
        error[wrong-value]: `epochs` takes an integer 1..1000, not 0
          1 | train 0
            |       ^

        > train 3 3
        error[surplus-value]: `train` takes 1 value without a name, `3` is one too many
          1 | train 3 3
            |         ^ did you mean `time=3`?

        > model m { conv 3 5 }
        error[surplus-value]: `conv` takes 1 value without a name, `5` is one too many
          1 | model m { conv 3 5 }
            |                  ^ did you mean `kernel=5`?

        > train 3 epochs=4
        error[duplicate-argument]: `epochs` is given twice
          1 | train 3 epochs=4
            |         ^^^^^^

        > train 3 time=1 time=2
        error[duplicate-argument]: `time` is given twice
          1 | train 3 time=1 time=2
            |                ^^^^

        > train time=3 3
        error[value-after-named]: `3` stands after a named argument
          1 | train time=3 3
            |              ^ put it first, or name it: `epochs=3`

        > train --epochs 3
        error[flag]: `--epochs` is not how an argument is typed
          1 | train --epochs 3
            |       ^^^^^^^^ write `epochs=3`

        > train -e 3
        error[flag]: `-e` is not how an argument is typed
          1 | train -e 3
            |       ^^ write `name=value`

        > train 3 time=0
        error[wrong-value]: `time` takes a number > 0 in seconds, not 0
          1 | train 3 time=0
            |              ^

        > train 3 milestones=3
        error[wrong-value]: `milestones` takes a list of integers 1..1000, such as `[1, 2]`, not 3
          1 | train 3 milestones=3
            |                    ^ write `[3]`

        > train 3 milestones=[1, x]
        error[wrong-value]: `milestones` takes a list of integers 1..1000, such as `[1, 2]`, not [1, "x"]
          1 | train 3 milestones=[1, x]
            |                    ^^^^^^

        > train 3 scale=0.5
        error[wrong-value]: `scale` takes a range within 0..2, such as `0.8..1.2`, not 0.5
          1 | train 3 scale=0.5
            |               ^^^

        > train 3 scale=0..3
        error[wrong-value]: `scale` takes a range within 0..2, such as `0.8..1.2`, not 0..3
          1 | train 3 scale=0..3
            |               ^^^^

        > optimizer sgd nesterov=yes
        error[wrong-value]: `nesterov` takes true or false, not `yes`
          1 | optimizer sgd nesterov=yes
            |                        ^^^ write `true`

        > model m { conv 3 padding=sane }
        error[wrong-value]: `padding` takes `same`, `valid` or an integer 0..64, not `sane`
          1 | model m { conv 3 padding=sane }
            |                          ^^^^ did you mean `same`?

        > model m { conv 3 padding=99 }
        error[wrong-value]: `padding` takes `same`, `valid` or an integer 0..64, not 99
          1 | model m { conv 3 padding=99 }
            |                          ^^

        > model 3x { relu }
        error[wrong-value]: `name` takes a name, not `3x`
          1 | model 3x { relu }
            |       ^^ an ASCII letter or `_`, then ASCII letters, digits, `-` and `_`

        > model repeat { relu }
        error[wrong-value]: `name` takes a name, not `repeat`
          1 | model repeat { relu }
            |       ^^^^^^ `repeat` is a word of the language

        > optimizer sgd rate=1e308
        error[wrong-value]: `rate` takes a number > 0, not 1e308
          1 | optimizer sgd rate=1e308
            |                    ^^^^^ between 1e-30 and 1e30 in size

        > optimizer sgd l2=1e-300
        error[wrong-value]: `l2` takes a number >= 0, not 1e-300
          1 | optimizer sgd l2=1e-300
            |                  ^^^^^^ 0, or between 1e-30 and 1e30 in size

        > apropos
        error[missing-argument]: `apropos` needs `words`: what you look for
          1 | apropos
            | ^^^^^^^ such as `apropos stuck` (text)

        > data idx
        error[missing-argument]: `data idx` needs `images`: the file of images
          1 | data idx
            | ^^^^ such as `data idx data/images.gz` (file to read)

        > data shapes 16
        error[wrong-value]: `size` takes a size such as 28x28x1, not 16
          1 | data shapes 16
            |             ^^

        > data shapes 16x16 noise=200%
        error[wrong-value]: `noise` takes a number 0..1, not 2
          1 | data shapes 16x16 noise=200%
            |                         ^^^^

        > load nofile
        error[missing-path]: no file or folder `nofile`
          1 | load nofile
            |      ^^^^^^

        > data idx nofile
        error[missing-path]: no file or folder `nofile`
          1 | data idx nofile
            |          ^^^^^^

        > save nowhere/m
        > train 3
        error[missing-path]: no folder `nowhere` to write into
          1 | save nowhere/m
            |      ^^^^^^^^^

        > save out/m
        > save out/m/part
        > save /m/
        error[missing-path]: no folder `/` to write into
          3 | save /m/
            |      ^^^

        > let p = "nowhere/m"
        > save $p
        error[missing-path]: no folder `nowhere` to write into
          2 | save $p
            |      ^^

        > model m
        error[missing-block]: `model` needs a block with its layers
          1 | model m
            | ^^^^^ `model ... {`

        > train 3 { }
        error[unexpected-block]: `train` takes no block
          1 | train 3 { }
            |         ^

        > save x -> y
        error[no-result]: `save` has no result to keep
          1 | save x -> y
            |           ^

        > model m { relu -> x }
        error[no-result]: `relu` has no result to keep
          1 | model m { relu -> x }
            |                   ^

        > fail how=no
        error[wrong-value]: `how` takes `argument`, `block`, `plain`, `stop` or `nothing`, not `no`
          1 | fail how=no
            |          ^^

        > let e = 0
        > train $e
        error[wrong-value]: `epochs` takes an integer 1..1000, not 0
          2 | train $e
            |       ^^

        > let o = foo
        > optimizer $o
        error[unknown-variant]: `optimizer` takes `sgd` or `adam`, not `foo`
          2 | optimizer $o
            |           ^^

        > let p = nofile
        > load $p
        error[missing-path]: no file or folder `nofile`
          2 | load $p
            |      ^^

        > train (1 / 3)
        error[wrong-value]: `epochs` takes an integer 1..1000, not 0.333333
          1 | train (1 / 3)
            |       ^^^^^^^ a whole number is needed

        > model m { }
        > model m { conv }
        error[missing-argument]: `conv` needs `filters`: how many filters
          2 | model m { conv }
            |           ^^^^ such as `conv 8 kernel=5` (integer 1..65536)

        """#
}
