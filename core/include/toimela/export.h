// What is visible outside the core library: everything else is hidden (-fvisibility=hidden).
#pragma once
#define TOIMELA_API __attribute__((visibility("default")))
