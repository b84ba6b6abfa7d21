@testable import Lessons

/// A whole lesson, with everything that a file may have.
let sums = """
    # Sums

    You *add* numbers with `add`.

    ## One number

    Begin with three.

    > **Predict.** What will the total be? `(total)` ± 0.5

    ```cairn
    add 3 -> first
    ```

    The total is 3.0 now.

    <!-- 3.0 ± 0.1 = ($first) -->

    > **Predict.** And with two more?
    >
    > - it is even `(total % 2 == 0)`
    > - it is odd `(total % 2 == 1)`

    ```cairn
    add 2
    ```

    ## Your turn

    > **Exercise.** Reach ten, quickly.
    >
    > - `(total == 10)` the total is ten
    > - `(used.steps <= 2)` in two steps

    <details><summary>Hint</summary>

    It is five now.

    </details>

    <details><summary>Hint</summary>

    Add what is missing.

    </details>

    <details><summary>Hint</summary>

    `add 5`

    </details>

    <details><summary>Answer: at once</summary>

    The short way.

    ```cairn
    add 5
    ```

    </details>

    <details><summary>Answer: in two steps</summary>

    ```cairn
    add 4
    add 1
    ```

    </details>

    <details><summary>Wrong: too many steps</summary>

    ```cairn
    add 1
    add 1
    add 3
    ```

    </details>

    ## When it helps

    - When you count.
    """

func read(_ text: String) -> (lesson: Lesson?, problems: [LessonProblem]) {
    LessonReader.lesson(text, file: "01-sums.md", name: "sums")
}
