using System.Globalization;

namespace Akimbo.Results;

/// <summary>
/// The numbers by which results name images. A file called by a number, as COCO's and CrowdPose's are
/// (<c>000000196141.jpg</c>, <c>COCO_val2014_000000196141.jpg</c>, <c>100032.jpg</c>), keeps that number; the others are
/// counted from 1, leaving out the numbers already taken. No two images of a run have the same number.
/// </summary>
public static class CocoImageIds
{
    private const int LongestNumber = 15; // Larger integers lose digits where JSON numbers are read as doubles.

    /// <summary>The numbers for the images of a run, in the order of their file names; the first keeps a number that occurs twice.</summary>
    public static IReadOnlyList<long> For(IReadOnlyList<string> fileNames)
    {
        ArgumentNullException.ThrowIfNull(fileNames);
        var taken = new HashSet<long>();
        var ids = new long?[fileNames.Count];
        for (int i = 0; i < ids.Length; i++)
            if (Number(fileNames[i]) is long number && taken.Add(number)) ids[i] = number;

        long next = 1;
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] is not null) continue;
            while (!taken.Add(next)) next++;
            ids[i] = next;
        }

        return Array.ConvertAll(ids, id => id!.Value);
    }

    // The whole name, or what follows the last underscore in COCO's twelve digits.
    private static long? Number(string fileName)
    {
        string name = Path.GetFileNameWithoutExtension(fileName);
        string last = name[(name.LastIndexOf('_') + 1)..];
        bool isNumber = last.Length is > 0 and <= LongestNumber && last.All(char.IsAsciiDigit);
        return isNumber && (last.Length == name.Length || last.Length == 12) ? long.Parse(last, CultureInfo.InvariantCulture) : null;
    }
}
