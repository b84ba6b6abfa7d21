import CommandLanguage
import Testing

@testable import Lessons

private let markdown = """
    # A title

    ```cairn
    let a = 1
    print $a
    ```

    Text, `code`, and a fence of another language:

    ```python
    import torch
    ```

    1. In a list:

       ~~~cairn
       if (true) {
         print (1 / $zero)
       }
       ~~~

    ````cairn  session=2
    print "``` inside"
    ````

    ```cairn
    print end
    """

@Test func cellsAreTheFencesMarkedCairn() {
    let cells = Source.cells(ofMarkdown: markdown, name: "a.md")
    #expect(cells.map(\.firstLine) == [4, 17, 23, 27])
    #expect(
        cells.map(\.text) == [
            "let a = 1\nprint $a\n", "if (true) {\n  print (1 / $zero)\n}\n", "print \"``` inside\"\n",
            "print end\n",
        ])
    #expect(Source.cells(ofMarkdown: "```cairn\r\nprint 1\r\n```\r\n", name: "").map(\.text) == ["print 1\n"])
    #expect(Source.cells(ofMarkdown: "no cells", name: "").isEmpty)
    #expect(
        Source.cells(ofMarkdown: "\u{FEFF}```cairn\nprint 1\n```\n", name: "").map(\.text) == ["print 1\n"])
}
