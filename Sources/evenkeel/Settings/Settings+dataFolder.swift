import EventService
import Foundation
import Storage
import UpstreamClient

// Each events API has a folder of its own in the data folder: what was accepted for one must never be added to another, such
// as what was tried with the simulator to the one that is used in earnest.

extension Settings {
    /// What is kept for the events API of these settings.
    var storeOfUpstream: StoreConfiguration {
        var store = store
        if let dataFolder { store.location = .folder(dataFolder) }
        return store
    }

    /// Where that is; `nil` if nothing is kept in files.
    var dataFolder: URL? {
        guard case .folder(let base) = store.location else { return nil }
        return base.appendingPathComponent(upstream?.folderName ?? "simulator", isDirectory: true)
    }

    /// The folders of other events APIs.
    var otherDataFolders: [URL] {
        guard case .folder(let base) = store.location, let own = dataFolder?.lastPathComponent else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
        return names.sorted().filter { $0 != own }.map { base.appendingPathComponent($0, isDirectory: true) }
    }
}

extension BaseURL {
    /// The host, the port and the path, as the name of a folder: whatever isn't a letter, a digit, a dot or a hyphen is
    /// percent-encoded, so that no two addresses have the same.
    fileprivate var folderName: String {
        let parts = URLComponents(string: string)
        let host = (parts?.host ?? "").lowercased()
        let port = parts?.port ?? (parts?.scheme?.lowercased() == "https" ? 443 : 80)
        let path = (parts?.percentEncodedPath ?? "").split(separator: "/").map(String.init)
        return ([host, "\(port)"] + path)
            .map { $0.percentEncoded.replacing("_", with: "%5F") }
            .joined(separator: "_")
    }
}
