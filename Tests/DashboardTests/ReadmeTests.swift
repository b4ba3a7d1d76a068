import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What the README says of the keys.
@Suite
struct ReadmeTests {
    @Test("The README's table of keys is the keymap's")
    func keys() throws {
        let root = URL(filePath: #filePath).appending(path: "../../../").standardized
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let table = DashboardKeymap.markdownTable
        #expect(readme.contains(table), "README.md lacks this table:\n\(table)")
    }
}
