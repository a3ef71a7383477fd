"""A camera made of GStreamer's RTSP server, with digest login; prints its port, ends on SIGTERM."""
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer

Gst.init(None)
server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service("0")

auth = GstRtspServer.RTSPAuth.new()
auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
token = GstRtspServer.RTSPToken.new()
token.set_string("media.factory.role", "viewer")
auth.add_digest("viewer", "right", token)
server.set_auth(auth)


def mount(path, pipeline):
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_launch("( " + pipeline + " )")
    factory.set_shared(True)
    permissions = GstRtspServer.RTSPPermissions.new()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.get_mount_points().add_factory(path, factory)


mount(
    "/stream2",
    "videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=5/1"
    " ! rtpvrawpay name=pay0 pt=96",
)
mount("/sound", "audiotestsrc is-live=true ! mulawenc ! rtppcmupay name=pay0 pt=0")
mount("/broken", "filesrc location=/nonexistent ! rtpvrawpay name=pay0 pt=96")
# A source that never gives a picture: DESCRIBE waits for it, as behind a camera that hangs.
mount("/hung", "appsrc ! video/x-raw,width=160,height=120 ! rtpvrawpay name=pay0 pt=96")
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
