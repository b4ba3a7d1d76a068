import Hummingbird

extension UpstreamSimulator {
    /// All routes, with the scenario's faults on those of the events API.
    func makeResponder(registry: ConnectionRegistry) -> Listener.Responder {
        let router = Router(context: SimulatorContext.self)
        router.add(middleware: ErrorMiddleware())
        router.add(middleware: FaultMiddleware(core: core, registry: registry))
        EventsRoutes(core: core).add(to: router)
        ControlRoutes(simulator: self, endWithOutage: true).add(to: router)
        return router.buildResponder()
    }

    /// The control routes alone, for the control port.
    func makeControlResponder() -> Listener.Responder {
        let router = Router(context: SimulatorContext.self)
        router.add(middleware: ErrorMiddleware())
        ControlRoutes(simulator: self, endWithOutage: false).add(to: router)
        return router.buildResponder()
    }
}
