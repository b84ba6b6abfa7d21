/// Words that people search with, and the words of declarations that mean the same or the remedy.
package struct Synonym: Sendable {
    /// What is typed.
    package let words: [String]
    /// What is looked for besides.
    package let meanings: [String]

    package init(_ words: [String], _ meanings: [String]) {
        self.words = words
        self.meanings = meanings
    }
}
