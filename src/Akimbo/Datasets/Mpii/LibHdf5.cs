using System.Reflection;
using System.Runtime.InteropServices;

namespace Akimbo.Datasets.Mpii;

/// <summary>The functions of libhdf5 that reading an array takes (HDF5 C API, versions 1.10 to 1.14).</summary>
internal static partial class LibHdf5
{
    public const int IntegerClass = 0;
    public const int FloatClass = 1;
    public const int StringClass = 3;

    private const string Library = "hdf5";

    private static readonly string[] Files =
    [
        "libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so.200", "libhdf5.so.103", "libhdf5.so.310", "libhdf5.so.200",
        "libhdf5.so", "libhdf5.dylib", "hdf5.dll", "libhdf5.dll",
    ];

    private static readonly Lazy<nint> Handle = new(Load);

    static LibHdf5() => NativeLibrary.SetDllImportResolver(typeof(LibHdf5).Assembly, Resolve);

    /// <summary>The memory type of double, which the library makes when it starts.</summary>
    /// <exception cref="DllNotFoundException">The library is not installed; the message says what to install.</exception>
    public static long NativeDouble
    {
        get
        {
            nint handle = Handle.Value;
            _ = Open();
            _ = SetErrorOutput(0, 0, 0);
            return Marshal.ReadInt64(NativeLibrary.GetExport(handle, "H5T_NATIVE_DOUBLE_g"));
        }
    }

    [LibraryImport(Library, EntryPoint = "H5open")]
    private static partial int Open();

    [LibraryImport(Library, EntryPoint = "H5Eset_auto2")]
    private static partial int SetErrorOutput(long stack, nint function, nint data);

    [LibraryImport(Library, EntryPoint = "H5Fopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long OpenFile(string path, uint flags, long access);

    [LibraryImport(Library, EntryPoint = "H5Fclose")]
    public static partial int CloseFile(long file);

    [LibraryImport(Library, EntryPoint = "H5Dopen2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long OpenDataset(long file, string name, long access);

    [LibraryImport(Library, EntryPoint = "H5Dclose")]
    public static partial int CloseDataset(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Dget_space")]
    public static partial long GetSpace(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Sclose")]
    public static partial int CloseSpace(long space);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_ndims")]
    public static partial int GetRank(long space);

    [LibraryImport(Library, EntryPoint = "H5Sget_simple_extent_dims")]
    public static partial int GetDimensions(long space, Span<ulong> dimensions, nint maxDimensions);

    [LibraryImport(Library, EntryPoint = "H5Dget_type")]
    public static partial long GetElementType(long dataset);

    [LibraryImport(Library, EntryPoint = "H5Tclose")]
    public static partial int CloseType(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_class")]
    public static partial int GetClass(long type);

    [LibraryImport(Library, EntryPoint = "H5Tget_size")]
    public static partial nuint GetSize(long type);

    [LibraryImport(Library, EntryPoint = "H5Tis_variable_str")]
    public static partial int IsVariableText(long type);

    [LibraryImport(Library, EntryPoint = "H5Dread")]
    public static partial int Read(long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, Span<double> buffer);

    [LibraryImport(Library, EntryPoint = "H5Dread")]
    public static partial int Read(long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, Span<byte> buffer);

    [LibraryImport(Library, EntryPoint = "H5Dread")]
    public static partial int Read(long dataset, long memoryType, long memorySpace, long fileSpace, long transfer, Span<nint> buffer);

    [LibraryImport(Library, EntryPoint = "H5Dvlen_reclaim")]
    public static partial int FreeTexts(long memoryType, long space, long transfer, Span<nint> buffer);

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) => library == Library ? Handle.Value : 0;

    private static nint Load()
    {
        foreach (string file in Files)
            if (NativeLibrary.TryLoad(file, out nint handle)) return handle;
        throw new DllNotFoundException($"The native library {Library} was not found (tried {string.Join(", ", Files)}). On Debian and Ubuntu: apt-get install libhdf5-103-1.");
    }
}
