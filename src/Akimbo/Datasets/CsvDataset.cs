using System.Globalization;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>
/// Reads a table of people: comma-separated text (RFC 4180) with a header, one line a person.
/// <list type="bullet">
/// <item><c>image</c>: the picture's file, relative to the image folder; required.</item>
/// <item><c>NAME_x</c>, <c>NAME_y</c>: a keypoint such as <c>left_wrist_x</c>, in image pixels where the centre of the top-left
/// pixel is (0, 0); both cells empty where it is not labelled. At least one keypoint.</item>
/// <item><c>NAME_v</c>: its visibility 0, 1 or 2; without the column, or with an empty cell, 2 where there is a position.</item>
/// <item><c>box_x</c>, <c>box_y</c>, <c>box_width</c>, <c>box_height</c>: the person's box; all four or none.</item>
/// <item><c>area</c>, <c>id</c>: the person's area in square pixels and number.</item>
/// <item><c>width</c>, <c>height</c>: the picture's size; both or none.</item>
/// </list>
/// A picture without people is a line whose other cells are empty. Keypoints with the names of a published skeleton are put
/// into its order; others make a skeleton of their own.
/// </summary>
public static class CsvDataset
{
    private const string ImageColumn = "image";
    private const long LargestId = 1L << 53; // Larger numbers lose digits in a double.
    private static readonly string[] BoxColumns = ["box_x", "box_y", "box_width", "box_height"];
    private static readonly string[] OtherColumns = [ImageColumn, "id", "area", "width", "height", .. BoxColumns];

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="imageFolder">Null for the folder of the table.</param>
    /// <exception cref="DatasetFormatException">A column is unknown or missing, or a cell is not what its column holds; the message names the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PoseDataset Load(string path, string? imageFolder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var reader = new StreamReader(path);
        return Read(reader, path, imageFolder ?? Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    internal static PoseDataset Read(TextReader reader, string file, string imageFolder)
    {
        var lines = new CsvReader(reader, file);
        string[] header = lines.Next() ?? throw new DatasetFormatException(file, "The file is empty; a header with the column image is expected.");
        var table = new Table(header, file);
        var sizes = new Dictionary<string, (int Width, int Height)>(StringComparer.Ordinal);
        var groups = new SampleGroups();
        while (lines.Next() is { } cells)
        {
            if (cells is [""]) continue;
            var line = new Line(table, cells, file, lines.LineNumber);
            string image = Path.Combine(imageFolder, line.Image());
            groups.Add(image, line.Person());
            if (line.Size() is { } size && !sizes.TryAdd(image, size) && sizes[image] != size) throw line.Error("gives the picture another size than an earlier line");
        }

        var samples = groups.ToSamples().Select(sample => sizes.TryGetValue(sample.ImagePath, out var size) ? sample with { Width = size.Width, Height = size.Height } : sample);
        return new PoseDataset(Path.GetFileNameWithoutExtension(file), table.Skeleton, [.. samples]);
    }

    private sealed class Table
    {
        private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

        public Table(string[] header, string file)
        {
            for (int i = 0; i < header.Length; i++)
                if (!_columns.TryAdd(header[i].Trim(), i)) throw new DatasetFormatException(file, $"The column '{header[i].Trim()}' occurs twice.");

            string[] keypoints = [.. header.Select(column => column.Trim()).Where(IsPosition).Select(column => column[..^2])];
            if (!_columns.ContainsKey(ImageColumn) || keypoints.Length == 0)
                throw new DatasetFormatException(file,
                    $"The header is '{string.Join(',', header.Take(8))}'; columns image and NAME_x, NAME_y, NAME_v of every keypoint are expected.");
            foreach (string column in _columns.Keys)
            {
                bool isOfKeypoint = column.Length > 2 && column[^2..] is "_x" or "_y" or "_v" && keypoints.Contains(column[..^2]);
                if (isOfKeypoint || OtherColumns.Contains(column)) continue;
                throw new DatasetFormatException(file,
                    $"The column '{column}' is unknown; NAME_x, NAME_y, NAME_v of keypoints and {string.Join(", ", OtherColumns)} are read.");
            }

            foreach (string keypoint in keypoints)
                if (!_columns.ContainsKey(keypoint + "_y")) throw new DatasetFormatException(file, $"There is a column '{keypoint}_x' without '{keypoint}_y'.");

            try
            {
                Skeleton = PublishedSkeletons.InAnyOrder(keypoints) ?? Skeleton.Create(Path.GetFileNameWithoutExtension(file), keypoints, limbs: []);
            }
            catch (ArgumentException exception)
            {
                throw new DatasetFormatException(file, $"The keypoints make no skeleton: {exception.Message}", exception);
            }
        }

        public Skeleton Skeleton { get; }

        public int Count => _columns.Count;

        public string Cell(string[] cells, string column) => _columns.TryGetValue(column, out int index) ? cells[index].Trim() : "";

        private static bool IsPosition(string column) => column.Length > 2 && column.EndsWith("_x", StringComparison.Ordinal) && column != BoxColumns[0];
    }

    private readonly struct Line
    {
        private readonly Table _table;
        private readonly string[] _cells;
        private readonly string _file;
        private readonly int _number;

        public Line(Table table, string[] cells, string file, int number)
        {
            (_table, _cells, _file, _number) = (table, cells, file, number);
            if (cells.Length != table.Count) throw Error($"has {cells.Length} cells; the header has {table.Count}");
        }

        public string Image() => _table.Cell(_cells, ImageColumn) is { Length: > 0 } image ? image : throw Error("has no image");

        public (int Width, int Height)? Size() => Number("width") is { } width && Number("height") is { } height
            ? ((int)Whole(width, "width", int.MaxValue), (int)Whole(height, "height", int.MaxValue))
            : null;

        /// <summary>Null for a line that only names a picture.</summary>
        public AnnotatedPerson? Person()
        {
            var keypoints = new AnnotatedKeypoint[_table.Skeleton.Keypoints.Count];
            for (int k = 0; k < keypoints.Length; k++) keypoints[k] = Keypoint(_table.Skeleton.Keypoints[k]);

            double? x = Number(BoxColumns[0]), y = Number(BoxColumns[1]), width = Number(BoxColumns[2]), height = Number(BoxColumns[3]);
            Box? box = (x, y, width, height) switch
            {
                ({ } left, { } top, { } w, { } h) => new Box(left, top, w, h),
                (null, null, null, null) => null,
                _ => throw Error("has a part of a box; box_x, box_y, box_width and box_height belong together"),
            };
            double? area = Number("area"), id = Number("id");
            if (box is null && area is null && id is null && !keypoints.Any(keypoint => keypoint.IsLabelled)) return null;
            return new AnnotatedPerson { Id = id is { } number ? Whole(number, "id", LargestId) : null, Keypoints = keypoints, Box = box, Area = area };
        }

        public DatasetFormatException Error(string problem) => new(_file, $"Line {_number} {problem}.");

        private AnnotatedKeypoint Keypoint(string name)
        {
            double? x = Number(name + "_x"), y = Number(name + "_y"), v = Number(name + "_v");
            if (x is null != y is null) throw Error($"has only one coordinate of {name}");
            if (x is null || y is null)
                return v is null or 0 ? default : throw Error($"has {name} with visibility {v}, but without a position");
            return v is null or 0 or 1 or 2
                ? AnnotatedKeypoint.At(x.Value, y.Value, v is { } visibility ? (KeypointVisibility)visibility : KeypointVisibility.Visible)
                : throw Error($"has {name} with visibility {v}; 0, 1 or 2 is expected");
        }

        private double? Number(string column)
        {
            string cell = _table.Cell(_cells, column);
            if (cell.Length == 0) return null;
            return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw Error($"has '{cell}' in the column {column}, where a number is expected");
        }

        private long Whole(double value, string column, long largest) =>
            value == Math.Floor(value) && value >= 0 && value <= largest ? (long)value : throw Error($"has {value} in the column {column}, where a whole number is expected");
    }
}
