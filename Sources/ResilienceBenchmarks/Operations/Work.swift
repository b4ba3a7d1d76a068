import CBenchmarkSupport

/// What a policy is put around: as little as there can be that no optimiser removes.
@discardableResult
func work(_ value: Int = 1) -> Int {
    cbs_opaque(value)
}

/// The same as a call that might suspend.
@inline(never)
func asyncWork(_ value: Int = 1) async throws -> Int {
    work(value)
}
