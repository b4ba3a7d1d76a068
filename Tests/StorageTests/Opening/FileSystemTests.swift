import EventService
import Foundation
import TestSupport
import Testing

@testable import Storage

/// Disks that are full or can't be written, on mounts that only a child of the tests sees.
@Suite(.enabled(if: ChildProcess.canMount, "this machine doesn't let the tests mount anything"))
struct FileSystemTests {
    @Test(.timeLimit(.minutes(1))) func goesOnWhenThereIsRoomAgain() async throws {
        try await TemporaryFolder.use { folder in
            let child = try ChildProcess(
                test: "FileSystemTests/fillsTheDisk",
                folder: folder.url,
                shell: "mount -t tmpfs -o size=2m none '\(folder.url.path)'"
            )
            #expect(try await child.announcement() == "noSpace, then accepted")
            try await child.wait()
        }
    }

    @Test(.enabled(if: ChildProcess.folder != nil)) func fillsTheDisk() async throws {
        let folder = try #require(ChildProcess.folder)
        let ballast = folder.appendingPathComponent("ballast")
        try Data(count: 1_000_000).write(to: ballast)
        let store = try await Store.open(StoreConfiguration(.folder(folder)))
        let large = String(repeating: "x", count: 20_000)
        var accepted = 0
        var reason: StoreError.Kind?
        while reason == nil {
            do throws(StoreError) {
                _ = try await store.outbox.add(entry("\(accepted)", large))
                accepted += 1
            } catch {
                reason = error.kind
            }
        }
        try FileManager.default.removeItem(at: ballast)
        _ = try await store.outbox.add(entry("new", large))
        let isKept = try await store.outbox.ids(OutboxQuery(limit: 1000)).count == accepted + 1
        ChildProcess.announce("\(reason.map { "\($0)" } ?? ""), then \(isKept ? "accepted" : "lost")")
        try await store.close()
    }

    @Test(.timeLimit(.minutes(1))) func aReadOnlyFileSystemIsNamed() async throws {
        try await TemporaryFolder.use { folder in
            try await folder.open().close()
            let path = folder.url.path
            let child = try ChildProcess(
                test: "FileSystemTests/opensWhatIsReadOnly",
                folder: folder.url,
                shell: "mount --bind '\(path)' '\(path)' && mount -o remount,bind,ro '\(path)'"
            )
            #expect(try await child.announcement() == "readOnly")
            try await child.wait()
        }
    }

    @Test(.enabled(if: ChildProcess.folder != nil)) func opensWhatIsReadOnly() async throws {
        let folder = try #require(ChildProcess.folder)
        let error = await #expect(throws: StoreError.self) {
            try await Store.open(StoreConfiguration(.folder(folder)))
        }
        ChildProcess.announce(error.map { "\($0.kind)" } ?? "opened")
    }
}
