package nl.naast.guide;

import java.nio.file.Path;
import nl.naast.access.StaffApiRoutes;

/** The door of the guide. */
public final class GuideModule {
    private final GuideRoutes routes;

    /** @throws GuideRefused when the file has any fault; says all of them */
    public GuideModule(Path file) {
        this.routes = new GuideRoutes(GuideFile.read(file));
    }

    public void mount(StaffApiRoutes api) {
        routes.mount(api);
    }
}
