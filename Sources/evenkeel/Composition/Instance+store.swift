import EventService
import Foundation
import Logging
import Storage

extension Instance {
    /// Opens what is kept over restarts, and says where that is and how much.
    /// - Throws: `Failure` where it can't be used.
    static func openStore(_ settings: Settings, _ logger: Logger) async throws -> Store {
        let (store, status): (Store, OutboxStatus)
        do {
            store = try await Store.open(settings.storeOfUpstream)
            status = try await store.outbox.status()
        } catch {
            throw Failure.configuration(
                """
                accepted events and the history can't be kept: \(error.message). --data-dir chooses another folder, and \
                --ephemeral keeps them in memory.
                """
            )
        }
        guard let folder = settings.dataFolder else {
            logger.notice("Accepted events are kept in memory only: this process takes them with it when it ends")
            return store
        }
        var metadata = status.metadata
        metadata["folder"] = "\(folder.path)"
        logger.info("Accepted events are kept", metadata: metadata)
        return store
    }
}

extension Settings {
    /// Says what waits for other events APIs: nobody else would notice.
    func tellOfOtherFolders(_ logger: Logger) async {
        for folder in otherDataFolders {
            guard let status = try? await Store.outboxStatus(in: folder), status.undelivered + status.refused > 0 else {
                continue
            }
            var metadata = status.metadata
            metadata["folder"] = "\(folder.path)"
            logger.warning("Events that were accepted for another events API are kept for it", metadata: metadata)
        }
    }

    /// Says what becomes of the events that are kept when the process ends.
    func tellWhatStays(of outbox: ServiceSnapshot.Outbox?, _ logger: Logger) {
        guard let outbox, outbox.status.undelivered + outbox.status.refused > 0 else { return }
        var metadata = outbox.status.metadata
        if isEphemeral {
            logger.warning("Accepted events are lost: they were kept in memory only", metadata: metadata)
        } else if let failure = outbox.failure {
            metadata["reason"] = "\(failure)"
            logger.error("Whether accepted events are there for the next start isn't known", metadata: metadata)
        } else {
            logger.notice("Events stay in the outbox for the next start", metadata: metadata)
        }
    }
}

extension OutboxStatus {
    fileprivate var metadata: Logger.Metadata {
        ["undelivered": .stringConvertible(undelivered), "refused": .stringConvertible(refused)]
    }
}
