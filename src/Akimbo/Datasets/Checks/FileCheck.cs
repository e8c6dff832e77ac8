using System.Security.Cryptography;
using Akimbo.Imaging;

namespace Akimbo.Datasets.Checks;

/// <summary>Looks at the files of the pictures.</summary>
internal sealed class FileCheck(FindingList findings, bool readsFiles)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<string>> _byLength = [];

    /// <summary>The picture's size: the file's where it can be read, else the annotation's, else null.</summary>
    public (int Width, int Height)? Check(PoseSample sample)
    {
        (int Width, int Height)? annotated = sample is { Width: { } width, Height: { } height } ? (width, height) : null;
        string path = sample.ImagePath, name = Path.GetFileName(path);
        bool isNew = _seen.Add(path);
        if (!isNew) findings.Add(DatasetProblem.DuplicateFile, $"{name} is listed twice");
        if (!File.Exists(path))
        {
            if (isNew) findings.Add(DatasetProblem.MissingFile, $"{path}");
            return annotated;
        }

        if (!readsFiles) return annotated;
        try
        {
            ImageInfo info = DatasetFiles.ReadImageInfo(path);
            if (annotated is { } size && size != (info.Width, info.Height))
                findings.Add(DatasetProblem.WrongSize, $"{name} is {info.Width}×{info.Height}, annotated {size.Width}×{size.Height}");
            if (isNew) Remember(path);
            return (info.Width, info.Height);
        }
        catch (Exception exception) when (exception is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            findings.Add(DatasetProblem.UnreadableFile, $"{exception.Message}");
            return annotated;
        }
    }

    /// <summary>Finds files with the same bytes, reading only those of the same length.</summary>
    public void FindCopies(CancellationToken cancellation)
    {
        foreach (List<string> paths in _byLength.Values)
        {
            if (paths.Count < 2) continue;
            var contents = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (string path in paths)
            {
                cancellation.ThrowIfCancellationRequested();
                using FileStream stream = File.OpenRead(path);
                string hash = Convert.ToHexString(SHA256.HashData(stream));
                if (!contents.TryAdd(hash, path))
                    findings.Add(DatasetProblem.DuplicateFile, $"{Path.GetFileName(path)} has the bytes of {Path.GetFileName(contents[hash])}");
            }
        }
    }

    private void Remember(string path)
    {
        long length = new FileInfo(path).Length;
        if (!_byLength.TryGetValue(length, out var paths)) _byLength.Add(length, paths = []);
        paths.Add(path);
    }
}
