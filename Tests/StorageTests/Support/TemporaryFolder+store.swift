import Foundation
import Storage
import TestSupport

extension TemporaryFolder {
    /// Makes a folder for the time of a test.
    static func use(_ body: (TemporaryFolder) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await body(folder)
    }

    /// Opens the store in it.
    func open() async throws -> Store { try await Store.open(StoreConfiguration(.folder(url))) }
}
