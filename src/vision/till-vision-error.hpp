/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-error.h"

#include <exception>
#include <opencv2/core.hpp>
#include <string>

namespace till
{

/* What goes wrong inside this room; becomes a GError at its wall. */
class VisionError : public std::exception
{
public:
  VisionError (TillError code, std::string message);

  TillError code () const noexcept;
  const char *what () const noexcept override;

private:
  TillError m_code;
  std::string m_message;
};

[[noreturn]] void fail (TillError code, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* What OpenCV complains of, on one line. */
std::string in_words (const cv::Exception &exception);

/* Sets @error from the exception being handled; call it in a catch block. @doing says what was under way. */
void take_exception (GError **error, const char *doing) noexcept;

} // namespace till
