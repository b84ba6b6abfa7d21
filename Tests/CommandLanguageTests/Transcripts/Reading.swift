extension ShownErrors {
    static let reading = #"""
        > print 'a'
        error[foreign-quote]: `'` does not start a text
          1 | print 'a'
            |       ^ a text stands between `"`

        > print “a”
        error[foreign-quote]: `“` does not start a text
          1 | print “a”
            |       ^ a text stands between `"`

        > print ($x && true)
        error[foreign-operator]: `&&` is not an operator here
          1 | print ($x && true)
            |           ^^ write `and`

        > print (not true || false)
        error[foreign-operator]: `||` is not an operator here
          1 | print (not true || false)
            |                 ^^ write `or`

        > print "a\qb"
        error[bad-escape]: `\q` is not an escape
          1 | print "a\qb"
            |         ^^ escapes are `\n`, `\t`, `\"`, `\\` and `\$`

        > print $
        error[lone-dollar]: `$` without a name
          1 | print $
            |       ^ `$name` is a variable

        > print 1e999
        error[number-too-large]: `1e999` is too large a number
          1 | print 1e999
            |       ^^^^^

        > print 5..1
        error[reversed-range]: the range 5..1 goes downward
          1 | print 5..1
            |       ^^^^ write `1..5`

        > print 100000..1e-5
        error[reversed-range]: the range 100000..1e-5 goes downward
          1 | print 100000..1e-5
            |       ^^^^^^^^^^^^ write `1e-5..100000`

        > print "abc
        error[unclosed]: the text that starts here is not closed
          1 | print "abc
            |       ^ needs `"`

        > let x = 5 }
        error[unopened]: `}` closes nothing
          1 | let x = 5 }
            |           ^

        > let a = [1,
        > print 3
        error[unclosed]: `[` is not closed
          1 | let a = [1,
            |         ^ needs `]`

        > let x = (1 + 2
        > train 5
        error[unclosed]: `(` is not closed
          1 | let x = (1 + 2
            |         ^ needs `)`

        > model m {
        >   conv 3
        > train 3
        error[unclosed]: the block that begins here is not closed
          1 | model m {
            |         ^ needs `}`, it seems before line 3

        > for i in 1..3 {
        >   print $i
        >   if ($i > 1) {
        >     print $x
        > trian 3
        > print $y
        error[unclosed]: the block that begins here is not closed
          1 | for i in 1..3 {
            |               ^ needs `}`, it seems before line 5
        error[unclosed]: the block that begins here is not closed
          3 |   if ($i > 1) {
            |               ^ needs `}`, it seems before line 5
        error[unknown-variable]: nothing is named `$x`
          4 |     print $x
            |           ^^ `let x = value` or `-> x` sets it
        error[unknown-command]: unknown command `trian`
          5 | trian 3
            | ^^^^^ did you mean `train`?
        error[unknown-variable]: nothing is named `$y`
          6 | print $y
            |       ^^ `let y = value` or `-> y` sets it

        > model m {
        > conv 3
        > print $x
        error[unclosed]: `{` is not closed
          1 | model m {
            |         ^ needs `}`
        error[command-inside-block]: `print` is a command: only a layer can stand inside `model { }`
          3 | print $x
            | ^^^^^ close the block of `model` with `}` first
        error[unknown-variable]: nothing is named `$x`
          3 | print $x
            |       ^^ `let x = value` or `-> x` sets it

        > print (1 + )
        error[unexpected-part]: expected a value, found `)`
          1 | print (1 + )
            |            ^

        > 5 + 3
        error[no-command]: `5` is not a command
          1 | 5 + 3
            | ^ a line starts with a command; `( ... )` calculates

        > train 3,4
        error[comma-between-arguments]: no commas between arguments
          1 | train 3,4
            |        ^ spaces separate them; a list stands in `[ ]`

        > train epochs = 3
        error[spaces-around-equals]: no spaces around `=` in an argument
          1 | train epochs = 3
            |              ^ write `epochs=value`

        > train epochs= 3
        error[spaces-around-equals]: no spaces around `=` in an argument
          1 | train epochs= 3
            |             ^ write `epochs=value`

        > print $x/y
        error[glued-values]: a space or quotes are missing in `$x/y`
          1 | print $x/y
            |       ^^^^ a text with a variable stands in quotes: `"$folder/name"`

        > train 3 -> r { }
        error[block-after-arrow]: the block stands before `->`
          1 | train 3 -> r { }
            |              ^

        > $x -> y
        error[arrow-after-value]: `->` keeps the result of a command, not a value
          1 | $x -> y
            |    ^^ write `let name = value`

        > if (true) { }
        > else { }
        error[misplaced-else]: `else` belongs on the line of the `}` that ends its `if`
          2 | else { }
            | ^^^^ `} else {`

        > print (1 = 2)
        error[single-equals]: `=` does not compare
          1 | print (1 = 2)
            |          ^ write `==`

        > print (x)
        error[word-in-expression]: `x` is not a value in an expression
          1 | print (x)
            |        ^ `$x` is a variable, `"x"` a text

        > print (#)
        error[unclosed]: `(` is not closed
          1 | print (#)
            |       ^ needs `)`

        > if x > 3 { }
        error[condition-without-parentheses]: the condition of `if` stands in parentheses
          1 | if x > 3 { }
            |    ^ `if ($x > 1) { }`

        > while $x > 3 { }
        error[condition-without-parentheses]: the condition of `while` stands in parentheses
          1 | while $x > 3 { }
            |          ^ `while ($x > 1) { }`

        > expect 3 > 2
        error[condition-without-parentheses]: the condition of `expect` stands in parentheses
          1 | expect 3 > 2
            |        ^ `expect ($x > 1)`

        > let x = 1 + 2
        error[arithmetic-without-parentheses]: arithmetic and comparisons stand in parentheses
          1 | let x = 1 + 2
            |           ^ such as `($x + 1)`

        > let x = train 3
        error[command-as-value]: `train` with arguments is not a value
          1 | let x = train 3
            |         ^^^^^ `train ... -> name` keeps a command's result

        > x = 5
        error[assignment-without-let]: `x = ...` is not how a variable is set
          1 | x = 5
            | ^ `let x = 5`

        > x += 1
        error[assignment-without-let]: `x = ...` is not how a variable is set
          1 | x += 1
            | ^ `let x = ($x + 1)`

        > $x = 3
        error[assignment-without-let]: `x = ...` is not how a variable is set
          1 | $x = 3
            | ^^ `let x = 3`

        > let $x = 3
        error[dollar-in-name]: a name that is being set has no `$`
          1 | let $x = 3
            |     ^^ write `let x = ...`

        > let x-y = 3
        error[bad-variable-name]: `x-y` cannot name a variable
          1 | let x-y = 3
            |     ^^^ an ASCII letter or `_`, then ASCII letters, digits and `_`

        > let é = 3
        error[bad-variable-name]: `é` cannot name a variable
          1 | let é = 3
            |     ^ an ASCII letter or `_`, then ASCII letters, digits and `_`

        > let x 3
        error[unexpected-part]: expected `=` and a value, as in `let x = 5`, found `3`
          1 | let x 3
            |       ^

        > train 3 -> run-1
        error[bad-variable-name]: `run-1` cannot name a variable
          1 | train 3 -> run-1
            |            ^^^^^ an ASCII letter or `_`, then ASCII letters, digits and `_`

        > train 3 -> $x
        error[dollar-in-name]: a name that is being set has no `$`
          1 | train 3 -> $x
            |            ^^ write `-> x`

        > for 3 in [1] { }
        error[unexpected-part]: expected a name, as in `for x in [1, 2, 3] { }`, found `3`
          1 | for 3 in [1] { }
            |     ^

        > for x of [1] { }
        error[unexpected-part]: expected `in`, as in `for x in [1, 2, 3] { }`, found `of`
          1 | for x of [1] { }
            |       ^^

        > def 3x() { }
        error[bad-command-name]: `3x` cannot name a command
          1 | def 3x() { }
            |     ^^ an ASCII letter or `_`, then ASCII letters, digits, `-` and `_`

        > def mom m=0.1, $n { }
        error[parameters-without-parentheses]: the parameters of `mom` stand in parentheses
          1 | def mom m=0.1, $n { }
            |         ^ `def mom(m=0.1, n) { ... }`

        > def f(a { }
        error[unexpected-part]: expected `,` or `)`, found `{`
          1 | def f(a { }
            |         ^

        > repeat { }
        error[unexpected-part]: expected how many times: a number, `$name` or `( expression )`, found `{`
          1 | repeat { }
            |        ^

        > print \#u{1} 3
        error[unprintable-character]: an unprintable character (code 1)
          1 | print ? 3
            |       ^

        > \#tprint\#t$q # tab
        error[unknown-variable]: nothing is named `$q`
          1 |     print    $q # tab
            |              ^^ `let q = value` or `-> q` sets it

        > print é中文 $qq
        error[unknown-variable]: nothing is named `$qq`
          1 | print é中文 $qq
            |             ^^^ `let qq = value` or `-> qq` sets it

        > print 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 $far 38 39 40 41 42 43
        error[unknown-variable]: nothing is named `$far`
          1 | ...30 31 32 33 34 35 36 37 $far 38 39 40 41 42 43
            |                            ^^^^ `let far = value` or `-> far` sets it

        """#
}
