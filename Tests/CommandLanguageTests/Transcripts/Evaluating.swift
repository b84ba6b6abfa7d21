extension ShownErrors {
    static let evaluating = #"""
        > let l = [1, 2]
        > print $l[2]
        error[no-element]: no element 2 in a list of 2
          2 | print $l[2]
            |          ^

        > let l = [1]
        > print $l[x]
        error[word-in-expression]: `x` is not a value in an expression
          2 | print $l[x]
            |          ^ `$x` is a variable, `"x"` a text

        > let l = [1]
        > print $l[0.5]
        error[bad-index]: 0.5 does not index a list
          2 | print $l[0.5]
            |          ^^^

        > let n = 3
        > print ($n + "a")
        error[bad-operands]: `+` does not work on 3 and text `a`
          2 | print ($n + "a")
            |        ^^^^^^^^

        > print (- "a")
        error[bad-operands]: `-` does not work on text `a`
          1 | print (- "a")
            |        ^^^^^

        > print (not 3)
        error[bad-operands]: `not` does not work on 3
          1 | print (not 3)
            |        ^^^^^

        > print (1 / 0)
        error[division-by-zero]: `/` by zero
          1 | print (1 / 0)
            |        ^^^^^

        > print (sqrt(-1))
        error[bad-function-argument]: `sqrt` takes a number >= 0, not -1
          1 | print (sqrt(-1))
            |        ^^^^^^^^

        > print (max())
        error[argument-count]: `max(x, ...)` does not take 0 values
          1 | print (max())
            |        ^^^^^

        > print (max([]))
        error[bad-function-argument]: `max` takes at least one number, not []
          1 | print (max([]))
            |        ^^^^^^^

        > print (round(1, 2, 3))
        error[argument-count]: `round(x, digits)` does not take 3 values
          1 | print (round(1, 2, 3))
            |        ^^^^^^^^^^^^^^

        > train 2 -> r
        > print "$r"
        error[not-in-text]: a record cannot stand in a text
          2 | print "$r"
            |        ^^ name one of its fields

        > train 2 -> r
        > print $r["x"]
        error[unknown-field]: a record has no field `x`
          2 | print $r["x"]
            |          ^^^ it has `epochs` and `val`

        > expect (1 > 2)
        error[expectation-failed]: expected `1 > 2`, which is false
          1 | expect (1 > 2)
            |        ^^^^^^^

        > train 3 -> r
        > expect ($r.val.accuracy.last > 0.9)
        error[expectation-failed]: expected `$r.val.accuracy.last > 0.9`, but $r.val.accuracy.last is 0.75
          2 | expect ($r.val.accuracy.last > 0.9)
            |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        > let a = 3
        > let b = 4
        > expect ($a > $b or abs($a - $b) < 0.5)
        error[expectation-failed]: expected `$a > $b or abs($a - $b) < 0.5`, but $a is 3, $b is 4, abs($a - $b) is 1
          3 | expect ($a > $b or abs($a - $b) < 0.5)
            |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        > let s = [1]
        > repeat 1000000 { let s = [$s] }
        error[value-too-deep]: lists stand inside each other more than 64 levels deep
          2 | repeat 1000000 { let s = [$s] }
            |                          ^^^^ `($list + [value])` puts a value at the end of a list

        > let s = aaaa
        > while (true) { let s = ($s + $s) }
        error[value-too-large]: a value has more than 1000000 elements and characters
          2 | while (true) { let s = ($s + $s) }
            |                         ^^^^^^^ does a loop double it?

        > let s = aaaa
        > while (true) { let s = "$s$s" }
        error[value-too-large]: a value has more than 1000000 elements and characters
          2 | while (true) { let s = "$s$s" }
            |                        ^^^^^^ does a loop double it?

        > let s = [a]
        > while (true) { let s = [$s, $s] }
        error[value-too-large]: a value has more than 1000000 elements and characters
          2 | while (true) { let s = [$s, $s] }
            |                        ^^^^^^^^ does a loop double it?

        > let s = [1]
        > while (true) { let s = ($s + $s) }
        error[value-too-large]: a value has more than 1000000 elements and characters
          2 | while (true) { let s = ($s + $s) }
            |                         ^^^^^^^ does a loop double it?

        > let s = a
        > repeat 10 { let s = ($s + $s) }
        > expect ($s == "b")
        error[expectation-failed]: expected `$s == "b"`, but $s is `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...`
          3 | expect ($s == "b")
            |        ^^^^^^^^^^^

        > fail argument
        error[broken]: no data yet
          1 | fail argument
            |      ^^^^^^^^ `data shapes`

        > fail block {
        >   conv 3
        >   conv 4 kernel=5
        > }
        error[broken]: the layer does not fit
          3 |   conv 4 kernel=5
            |                 ^

        > fail plain
        error: the disk is full
          1 | fail plain
            | ^^^^^^^^^^

        > def f() {
        >   print (1 / $zero)
        > }
        > let zero = 0
        > f
        error[division-by-zero]: `/` by zero
          2 |   print (1 / $zero)
            |          ^^^^^^^^^

        """#
}
