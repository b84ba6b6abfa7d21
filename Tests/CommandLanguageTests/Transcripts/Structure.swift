extension ShownErrors {
    static let structure = #"""
        > break
        error[outside-loop]: `break` outside of a loop
          1 | break
            | ^^^^^

        > for i in 1..3 { def f() { continue } }
        error[outside-loop]: `continue` outside of a loop
          1 | for i in 1..3 { def f() { continue } }
            |                           ^^^^^^^^

        > return 3
        error[return-outside-def]: `return` outside of a `def`
          1 | return 3
            | ^^^^^^^^

        > expect (1)
        error[not-boolean]: `expect` needs true or false, not 1
          1 | expect (1)
            |        ^^^ compare it, as in `($x > 1)`

        > expect ($x)
        error[unknown-variable]: nothing is named `$x`
          1 | expect ($x)
            |         ^^ `let x = value` or `-> x` sets it

        > let x = 3
        > expect ($x)
        error[not-boolean]: `expect` needs true or false, not 3
          2 | expect ($x)
            |        ^^^^ compare it, as in `($x > 1)`

        > let x = 3
        > expect ($x + 1)
        error[not-boolean]: `expect` needs true or false, not a number
          2 | expect ($x + 1)
            |        ^^^^^^^^ compare it, as in `($x > 1)`

        > if (3) { }
        error[not-boolean]: `if` needs true or false, not 3
          1 | if (3) { }
            |    ^^^ compare it, as in `($x > 1)`

        > def f(x, x) { }
        error[duplicate-parameter]: two parameters named `x`
          1 | def f(x, x) { }
            |          ^

        > def f(x=1, y) { }
        error[required-after-default]: `y` without a default stands after one with a default
          1 | def f(x=1, y) { }
            |            ^ put it first

        > for x in 3 { }
        error[not-a-sequence]: `for` goes through a list or a range of whole numbers, not 3
          1 | for x in 3 { }
            |          ^ write `1..3`

        > repeat 1.5 { }
        error[not-a-count]: `repeat` takes a whole number >= 0, not 1.5
          1 | repeat 1.5 { }
            |        ^^^

        > repeat (0 - 1) { }
        error[not-a-count]: `repeat` takes a whole number >= 0, not -1
          1 | repeat (0 - 1) { }
            |        ^^^^^^^

        > def f(x) { f $x }
        > f 3
        error[too-much-recursion]: commands and blocks run inside each other more than 200 levels deep
          1 | def f(x) { f $x }
            |          ^ does a `def` or a script run itself without end?

        """#
}
