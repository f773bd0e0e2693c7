/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-devices.h"

#include "base/till-error.h"
#include "camera/till-camera-devices-private.h"
#include "camera/till-camera-memory.h"

#define TILL_DEVICE_CLASS "Video/Source"

struct _TillCameraDevices
{
  GObject parent_instance;

  /* Never stopped and never let go of: gst_device_monitor_stop() corrupts the heap when a PipeWire camera is there. */
  GstDeviceMonitor *monitor;
};

G_DEFINE_FINAL_TYPE (TillCameraDevices, till_camera_devices, G_TYPE_OBJECT)

enum
{
  TILL_DEVICES_CHANGED,
  TILL_DEVICES_SIGNALS
};

static guint till_devices_signals[TILL_DEVICES_SIGNALS];

static void
till_camera_devices_class_init (TillCameraDevicesClass *klass)
{
  till_devices_signals[TILL_DEVICES_CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_camera_devices_init (TillCameraDevices *self)
{
}

static gboolean
till_camera_devices_on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  TillCameraDevices *self = user_data;

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_DEVICE_ADDED:
    case GST_MESSAGE_DEVICE_REMOVED:
    case GST_MESSAGE_DEVICE_CHANGED:
      g_signal_emit (self, till_devices_signals[TILL_DEVICES_CHANGED], 0);
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
till_camera_devices_start (TillCameraDevices *self, GMainContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GSource) watch = NULL;

  if (!till_camera_memory_start (&error))
    {
      g_warning ("GStreamer does not start, so there are no cameras: %s", error->message);
      return;
    }
  self->monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (self->monitor, TILL_DEVICE_CLASS, NULL);

  bus = gst_device_monitor_get_bus (self->monitor);
  watch = gst_bus_create_watch (bus);
  g_source_set_callback (watch, G_SOURCE_FUNC (till_camera_devices_on_message), self, NULL);
  g_source_set_static_name (watch, "till-camera-devices");
  g_source_attach (watch, context);

  if (!gst_device_monitor_start (self->monitor))
    g_warning ("Cameras can't be watched: no device provider of GStreamer starts");
}

TillCameraDevices *
till_camera_devices_get_in (GMainContext *context)
{
  static gsize once = 0;
  static TillCameraDevices *devices = NULL;

  if (g_once_init_enter (&once))
    {
      devices = g_object_new (TILL_TYPE_CAMERA_DEVICES, NULL);
      till_camera_devices_start (devices, context);
      g_once_init_leave (&once, 1);
    }
  return devices;
}

TillCameraDevices *
till_camera_devices_get (void)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  return till_camera_devices_get_in (context);
}

static const char *
till_device_find_property (const GstStructure *properties, const char *const *names)
{
  const char *value = NULL;

  for (guint i = 0; names[i] != NULL && value == NULL; i++)
    value = gst_structure_get_string (properties, names[i]);
  return value;
}

/* The file of a V4L2 camera, whichever way it was found; NULL for others (transfer full). */
static char *
till_device_get_file (GstDevice *device)
{
  static const char *const names[] = { "api.v4l2.path", "device.path", NULL };
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);

  return properties == NULL ? NULL : g_strdup (till_device_find_property (properties, names));
}

/* A name that stays the same over restarts, unlike PipeWire's object numbers (transfer full). */
static char *
till_device_get_id (GstDevice *device)
{
  static const char *const names[] = { "node.name", "device.path", "api.v4l2.path", NULL };
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);
  const char *id = properties == NULL ? NULL : till_device_find_property (properties, names);

  return id == NULL ? gst_device_get_display_name (device) : g_strdup (id);
}

static gboolean
till_device_is_of_pipewire (GstDevice *device)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);

  return properties != NULL && gst_structure_has_field (properties, "node.name");
}

/* PipeWire offers V4L2 cameras a second time; V4L2 itself says more exactly what is wrong with one. */
static gboolean
till_device_is_twin (GstDevice *device, GList *devices)
{
  g_autofree char *file = till_device_get_file (device);
  gboolean twin = FALSE;

  if (file == NULL || !till_device_is_of_pipewire (device))
    return FALSE;
  for (GList *other = devices; other != NULL && !twin; other = other->next)
    {
      g_autofree char *other_file = till_device_get_file (other->data);

      twin = !till_device_is_of_pipewire (other->data) && g_strcmp0 (file, other_file) == 0;
    }
  return twin;
}

static void
till_device_list_free (GList *devices)
{
  g_list_free_full (devices, gst_object_unref);
}

/* (element-type GstDevice) (transfer full) */
static GPtrArray *
till_camera_devices_snapshot (TillCameraDevices *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (gst_object_unref);
  GList *devices = self->monitor == NULL ? NULL : gst_device_monitor_get_devices (self->monitor);

  for (GList *device = devices; device != NULL; device = device->next)
    if (!till_device_is_twin (device->data, devices))
      g_ptr_array_add (found, gst_object_ref (device->data));
  till_device_list_free (devices);
  return found;
}

void
till_camera_device_free (TillCameraDevice *device)
{
  g_return_if_fail (device != NULL);

  g_free (device->id);
  g_free (device->name);
  g_free (device);
}

GPtrArray *
till_camera_devices_list (TillCameraDevices *self)
{
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *list;

  g_return_val_if_fail (TILL_IS_CAMERA_DEVICES (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) till_camera_device_free);
  found = till_camera_devices_snapshot (self);
  for (guint i = 0; i < found->len; i++)
    {
      TillCameraDevice *device = g_new0 (TillCameraDevice, 1);

      device->id = till_device_get_id (found->pdata[i]);
      device->name = gst_device_get_display_name (found->pdata[i]);
      g_ptr_array_add (list, device);
    }
  return list;
}

static void
till_camera_devices_set_unknown (GPtrArray *found, const char *id, GError **error)
{
  g_autoptr (GString) there = g_string_new (found->len == 0 ? "no other one: plug it in" : "");

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *known = till_device_get_id (found->pdata[i]);

      g_string_append_printf (there, "%s%s", i == 0 ? "" : ", ", known);
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "There is no camera “%s”; there is: %s", id,
               there->str);
}

GstDevice *
till_camera_devices_find (TillCameraDevices *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (TILL_IS_CAMERA_DEVICES (self), NULL);

  found = till_camera_devices_snapshot (self);
  if (id == NULL && found->len > 0)
    return gst_object_ref (found->pdata[0]);
  if (id == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                   "There is no camera: plug one in, or use a recording with clip:PATH");
      return NULL;
    }

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *known = till_device_get_id (found->pdata[i]);
      g_autofree char *file = till_device_get_file (found->pdata[i]);

      if (g_str_equal (id, known) || g_strcmp0 (id, file) == 0)
        return gst_object_ref (found->pdata[i]);
    }
  till_camera_devices_set_unknown (found, id, error);
  return NULL;
}

gboolean
till_camera_devices_has (TillCameraDevices *self, GstDevice *device)
{
  GList *devices;
  gboolean has;

  g_return_val_if_fail (TILL_IS_CAMERA_DEVICES (self), FALSE);

  devices = self->monitor == NULL ? NULL : gst_device_monitor_get_devices (self->monitor);
  has = g_list_find (devices, device) != NULL;
  till_device_list_free (devices);
  return has;
}
