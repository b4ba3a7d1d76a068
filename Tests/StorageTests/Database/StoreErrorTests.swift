import EventService
import Foundation
import GRDB
import Testing

@testable import Storage

@Suite struct StoreErrorTests {
    @Test(arguments: [
        (ResultCode.SQLITE_FULL, StoreError.Kind.noSpace), (.SQLITE_IOERR_SHMSIZE, .noSpace),
        (.SQLITE_READONLY, .readOnly), (.SQLITE_READONLY_DBMOVED, .readOnly), (.SQLITE_CANTOPEN, .readOnly),
        (.SQLITE_PERM, .readOnly), (.SQLITE_CORRUPT, .corrupt), (.SQLITE_NOTADB, .corrupt),
        (.SQLITE_BUSY, .unavailable), (.SQLITE_IOERR_FSYNC, .unavailable), (.SQLITE_MISUSE, .unavailable),
    ])
    func tellsSQLitesErrorsApart(code: ResultCode, kind: StoreError.Kind) {
        let error = StoreError(DatabaseError(resultCode: code, message: "why"), in: "/data/evenkeel.sqlite")
        #expect(error.kind == kind)
        #expect(error.message.contains("/data/evenkeel.sqlite"))
    }

    @Test(arguments: [
        (ENOSPC, StoreError.Kind.noSpace), (EDQUOT, .noSpace), (EROFS, .readOnly), (EACCES, .readOnly),
        (ENOTDIR, .readOnly), (EIO, .unavailable),
    ])
    func tellsTheSystemsErrorsApart(code: Int32, kind: StoreError.Kind) {
        #expect(StoreError(errno: code, in: "/data").kind == kind)
    }

    @Test func goesOnWhenThereIsRoomAgain() async throws {
        try await withStore(maximumEntries: 10_000) { store in
            try await limitPages(of: store, to: 100)
            let large = String(repeating: "x", count: 20_000)
            let error = await #expect(throws: StoreError.self) {
                for index in 0..<100 { _ = try await store.outbox.add(entry("\(index)", of: "\(index)", large)) }
            }
            #expect(error?.kind == .noSpace)
            let kept = try await store.outbox.status().waiting
            #expect(kept > 1)

            // What needs no room works meanwhile.
            let leased = try await store.outbox.lease()
            #expect(leased.count == kept)

            try await limitPages(of: store, to: 1_000)
            #expect(try await store.outbox.add(entry("new", of: "new", large)).id == "new")
            #expect(try await store.outbox.status().waiting == 1)
        }
    }

    @Test func aDatabaseThatMayOnlyBeReadSaysSo() async throws {
        try await withStore { store in
            _ = try await store.outbox.add(entry("a"))
            try await setQueryOnly(true, store)
            let error = await #expect(throws: StoreError.self) { try await store.outbox.add(entry("b")) }
            #expect(error?.kind == .readOnly)
            #expect(try await store.outbox.ids() == ["a"])
            try await setQueryOnly(false, store)
        }
    }

    private func limitPages(of store: Store, to count: Int) async throws {
        try await store.database.write { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
    }

    private func setQueryOnly(_ isOn: Bool, _ store: Store) async throws {
        // GRDB would take a write that sets it for an error, but the statement has been executed.
        _ = try? await store.database.write { try $0.execute(sql: "PRAGMA query_only = \(isOn)") }
    }
}
