import Foundation
import Storage
import TestSupport

extension TemporaryFolder {
    /// Opens the store in it.
    func open() async throws -> Store { try await Store.open(StoreConfiguration(.folder(url))) }
}
