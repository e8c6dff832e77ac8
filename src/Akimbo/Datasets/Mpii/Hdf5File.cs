using System.Runtime.InteropServices;
using System.Text;

namespace Akimbo.Datasets.Mpii;

/// <summary>Reads arrays of numbers and of fixed-length text from an HDF5 file through libhdf5.</summary>
internal sealed class Hdf5File : IDisposable
{
    private const int MaxElements = 1 << 26;
    private const int MaxTextLength = 4096;
    private const int MaxRank = 32;

    private readonly string _path;
    private readonly long _nativeDouble;
    private readonly long _file;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DllNotFoundException">libhdf5 is not installed.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">The file is no HDF5 file.</exception>
    public Hdf5File(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"The file {path} does not exist.", path);
        _path = path;
        _nativeDouble = LibHdf5.NativeDouble;
        _file = LibHdf5.OpenFile(path, flags: 0, access: 0);
        if (_file < 0) throw Error("This is no HDF5 file, or it is cut short");
    }

    /// <summary>Whether there is an array of that name.</summary>
    public bool Has(string name)
    {
        long dataset = LibHdf5.OpenDataset(_file, name, access: 0);
        return dataset >= 0 && LibHdf5.CloseDataset(dataset) >= 0;
    }

    /// <summary>The numbers of an array in row-major order.</summary>
    /// <param name="name">The array.</param>
    /// <param name="lengths">What its dimensions must be after the first; −1 as the first takes any.</param>
    /// <exception cref="DatasetFormatException">There is no such array of numbers.</exception>
    public double[] ReadNumbers(string name, params ReadOnlySpan<int> lengths)
    {
        long dataset = OpenArray(name);
        long type = LibHdf5.GetElementType(dataset);
        try
        {
            if (LibHdf5.GetClass(type) is not (LibHdf5.IntegerClass or LibHdf5.FloatClass)) throw Error($"'{name}' holds no numbers");
            double[] values = new double[CheckedCount(dataset, name, lengths)];
            return LibHdf5.Read(dataset, _nativeDouble, 0, 0, 0, values) >= 0 ? values : throw Error($"'{name}' cannot be read");
        }
        finally
        {
            _ = LibHdf5.CloseType(type);
            _ = LibHdf5.CloseDataset(dataset);
        }
    }

    /// <summary>The texts of an array of one dimension, of a fixed length or each of its own.</summary>
    /// <exception cref="DatasetFormatException">There is no such array of texts.</exception>
    public string[] ReadTexts(string name)
    {
        long dataset = OpenArray(name);
        long type = LibHdf5.GetElementType(dataset);
        try
        {
            if (LibHdf5.GetClass(type) == LibHdf5.StringClass && LibHdf5.IsVariableText(type) > 0) return ReadVariableTexts(dataset, type, name);
            int size = (int)Math.Min(LibHdf5.GetSize(type), int.MaxValue);
            if (LibHdf5.GetClass(type) != LibHdf5.StringClass || size is < 1 or > MaxTextLength) throw Error($"'{name}' holds no texts of up to {MaxTextLength} bytes");

            int count = CheckedCount(dataset, name, [-1]);
            if ((long)count * size > MaxElements) throw Error($"'{name}' has {count} texts of {size} bytes, more than are read");
            byte[] bytes = new byte[count * size];
            if (LibHdf5.Read(dataset, type, 0, 0, 0, bytes) < 0) throw Error($"'{name}' cannot be read");
            return [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetString(UpToZero(bytes.AsSpan(i * size, size))))];
        }
        finally
        {
            _ = LibHdf5.CloseType(type);
            _ = LibHdf5.CloseDataset(dataset);
        }
    }

    private string[] ReadVariableTexts(long dataset, long type, string name)
    {
        nint[] texts = new nint[CheckedCount(dataset, name, [-1])];
        if (LibHdf5.Read(dataset, type, 0, 0, 0, texts) < 0) throw Error($"'{name}' cannot be read");
        long space = LibHdf5.GetSpace(dataset);
        try
        {
            return Array.ConvertAll(texts, text => Marshal.PtrToStringUTF8(text) ?? "");
        }
        finally
        {
            _ = LibHdf5.FreeTexts(type, space, 0, texts);
            _ = LibHdf5.CloseSpace(space);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = LibHdf5.CloseFile(_file);

    private static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> text) => text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text;

    private long OpenArray(string name)
    {
        long dataset = LibHdf5.OpenDataset(_file, name, access: 0);
        return dataset >= 0 ? dataset : throw Error($"There is no array '{name}'");
    }

    private int CheckedCount(long dataset, string name, ReadOnlySpan<int> lengths)
    {
        long space = LibHdf5.GetSpace(dataset);
        try
        {
            int rank = LibHdf5.GetRank(space);
            Span<ulong> dimensions = stackalloc ulong[MaxRank];
            if (rank is < 0 or > MaxRank || LibHdf5.GetDimensions(space, dimensions, 0) < 0) throw Error($"'{name}' has no dimensions that can be read");

            dimensions = dimensions[..rank];
            bool fits = rank == lengths.Length;
            UInt128 count = 1;
            for (int i = 0; i < rank; i++)
            {
                count = UInt128.Min(count * dimensions[i], ulong.MaxValue);
                fits = fits && (lengths[i] < 0 || dimensions[i] == (ulong)lengths[i]);
            }

            if (!fits)
            {
                string expected = string.Join(", ", lengths.ToArray().Select(length => length < 0 ? "N" : $"{length}"));
                throw Error($"'{name}' has the dimensions [{string.Join(", ", dimensions.ToArray())}]; [{expected}] is expected");
            }

            return count <= MaxElements ? (int)count : throw Error($"'{name}' has {count} elements; at most {MaxElements} are read");
        }
        finally
        {
            _ = LibHdf5.CloseSpace(space);
        }
    }

    private DatasetFormatException Error(string problem) => new(_path, problem + ".");
}
