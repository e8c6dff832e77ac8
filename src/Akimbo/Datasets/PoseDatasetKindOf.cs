using System.Text;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Datasets;

/// <summary>Tells the layout of an annotation file from its first bytes, whatever it is called.</summary>
internal static class PoseDatasetKindOf
{
    private const int HeadLength = 4096;

    private static ReadOnlySpan<byte> Hdf5Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <exception cref="DatasetFormatException">It is none that is known.</exception>
    /// <exception cref="CheckpointFormatException">It is a damaged MATLAB file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PoseDatasetKind File(string path)
    {
        byte[] bytes = new byte[HeadLength];
        using (FileStream stream = System.IO.File.OpenRead(path))
            Array.Resize(ref bytes, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));

        ReadOnlySpan<byte> head = bytes;
        if (head.StartsWith(Hdf5Signature)) return PoseDatasetKind.Mpii;
        if (head.StartsWith("MATLAB"u8)) return OfMatlab(path);

        string text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF').TrimStart();
        if (text.StartsWith('{')) return PoseDatasetKind.Coco;
        if (text.StartsWith('[')) return PoseDatasetKind.Mpii;
        if (Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml") return PoseDatasetKind.Yolo;
        string[] header = text.Split('\n', 2)[0].Split(',', StringSplitOptions.TrimEntries);
        if (header.Length > 1 && header.Any(column => column.Trim('"') == "image")) return PoseDatasetKind.Csv;
        throw new DatasetFormatException(path, "The file is no data set that is known: no COCO or MPII JSON, no MATLAB or HDF5 file, no data.yaml, no table with a column 'image'.");
    }

    private static PoseDatasetKind OfMatlab(string path)
    {
        var variables = MatFile.Load(path).Variables;
        if (variables.ContainsKey("joints")) return PoseDatasetKind.Lsp;
        return variables.ContainsKey("RELEASE")
            ? PoseDatasetKind.Mpii
            : throw new DatasetFormatException(path, $"The MATLAB file holds {string.Join(", ", variables.Keys)}; 'joints' (LSP) or 'RELEASE' (MPII) is expected.");
    }
}
