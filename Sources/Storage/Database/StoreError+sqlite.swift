import EventService
import GRDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension StoreError {
    /// What an error of GRDB or SQLite means to who uses a store.
    init(_ error: any Error, in name: String) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DatabaseError:
            self.init(Kind(error), in: name, reason: error.message ?? "\(error.resultCode)")
        default:
            self.init(.unavailable, in: name, reason: "\(error)")
        }
    }

    /// What a failed system call means to who uses a store.
    init(errno code: Int32, in name: String) {
        let reason = String(cString: strerror(code))
        switch code {
        case ENOSPC, EDQUOT: self.init(.noSpace, in: name, reason: reason)
        case EACCES, EPERM: self.init(.readOnly, in: name, reason: reason)
        case EROFS, EEXIST, ENOENT, ELOOP:
            self.init(.readOnly, message: "\(name) can't be made or written (\(reason)): choose another place for it")
        case ENOTDIR:
            self.init(.readOnly, message: "\(name) can't be a folder: a file is in its place or on the way to it")
        case EISDIR: self.init(.readOnly, message: "\(name) can't be a file: a folder is in its place")
        default: self.init(.unavailable, in: name, reason: reason)
        }
    }

    /// Says what happened to the file or folder, and what to do.
    init(_ kind: Kind, in name: String, reason: String) {
        let message =
            switch kind {
            case .noSpace: "there is no room left for \(name): make some"
            case .readOnly: "\(name) can't be written (\(reason)): let this user write it and its folder"
            case .corrupt:
                "\(name) is damaged or is no database (\(reason)): move it and the files named after it away to start anew"
            case .tooNew: "\(name) was written by a newer version of Evenkeel: use that, or another data folder"
            case .conflict, .full, .unavailable: "\(name) can't be used: \(reason)"
            }
        self.init(kind, message: message)
    }
}

extension Result {
    /// The value, or what the error means to who uses the store of that name.
    func value(from name: String) throws(StoreError) -> Success {
        do {
            return try get()
        } catch {
            throw StoreError(error, in: name)
        }
    }
}

extension StoreError.Kind {
    fileprivate init(_ error: DatabaseError) {
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .noSpace
            // The index of the log is shared memory in a file: growing that fails for want of room only.
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .noSpace
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .readOnly
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
            default: .unavailable
            }
    }
}
