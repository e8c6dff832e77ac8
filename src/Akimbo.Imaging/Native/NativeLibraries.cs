using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Akimbo.Imaging.Native;

/// <summary>Finds the C libraries under the names that systems give them.</summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, nint> Handles = new();

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Loads a library; call it before the first function of the library.</summary>
    /// <exception cref="DllNotFoundException">It is not installed; the message says what to install.</exception>
    public static void Require(string library) => Handles.GetOrAdd(library, Load);

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) => Handles.GetOrAdd(library, Load);

    private static nint Load(string library)
    {
        (string package, string[] files) = library switch
        {
            TurboJpeg.Library => ("libturbojpeg0", ["libturbojpeg.so.0", "libturbojpeg.dylib", "libturbojpeg.0.dylib", "turbojpeg.dll", "libturbojpeg.dll"]),
            LibPng.Library => ("libpng16-16", ["libpng16.so.16", "libpng16.dylib", "libpng16.16.dylib", "libpng16.dll", "libpng16-16.dll"]),
            LibWebP.Library => ("libwebp7", ["libwebp.so.7", "libwebp.dylib", "libwebp.7.dylib", "libwebp.dll", "libwebp-7.dll"]),
            Cairo.Library => ("libcairo2", new[] { "libcairo.so.2", "libcairo.dylib", "libcairo.2.dylib", "cairo.dll", "libcairo-2.dll" }),
            _ => throw new ArgumentException($"{library} is not a library of this assembly.", nameof(library)),
        };
        return Load(library, package, files);
    }

    /// <summary>The first of the files that the system's loader finds.</summary>
    internal static nint Load(string library, string package, params ReadOnlySpan<string> files)
    {
        foreach (string file in files)
        {
            if (NativeLibrary.TryLoad(file, out nint handle))
                return handle;
        }
        throw new DllNotFoundException(
            $"The native library {library} was not found (tried {string.Join(", ", files)}). On Debian and Ubuntu: apt-get install {package}.");
    }
}
