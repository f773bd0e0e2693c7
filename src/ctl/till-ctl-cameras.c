/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-devices.h"
#include "ctl/till-ctl.h"

#include <stdio.h>

int
till_ctl_cameras (int argc, char **argv)
{
  g_auto (TillCtlOptions) options = { 0 };

  if (!till_ctl_parse (&argc, &argv, "",
                       "Lists the real cameras of this machine: what goes behind --camera=device:", &options,
                       NULL))
    return TILL_CTL_FAILED;

  g_autoptr (GPtrArray) devices = till_camera_devices_list (till_camera_devices_get ());
  for (guint i = 0; i < devices->len; i++)
    {
      const TillCameraDevice *device = g_ptr_array_index (devices, i);

      if (options.json)
        {
          JsonObject *object = json_object_new ();

          json_object_set_string_member (object, "id", device->id);
          json_object_set_string_member (object, "name", device->name);
          till_ctl_print_json (object);
        }
      else
        printf ("%s\t%s\n", device->id, device->name);
    }
  if (devices->len == 0 && !options.json)
    printf ("No camera is plugged in.\n");
  return 0;
}
