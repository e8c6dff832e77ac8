namespace Akimbo.Datasets;

/// <summary>
/// The top-level keys of a YOLO <c>data.yaml</c>: scalars, and lists in brackets, with dashes or as numbered keys. That is as much
/// of YAML as these files use; deeper values are skipped.
/// </summary>
internal sealed class YoloYaml
{
    private const long MaxLength = 16 << 20;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);

    private YoloYaml(string file) => File = file;

    /// <summary>The file.</summary>
    public string File { get; }

    /// <exception cref="DatasetFormatException">The file is too long for such a file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static YoloYaml Load(string file)
    {
        if (!System.IO.File.Exists(file)) throw new FileNotFoundException($"The file {file} does not exist.", file);
        long length = new FileInfo(file).Length;
        if (length > MaxLength) throw new DatasetFormatException(file, $"The file has {length:N0} bytes; at most {MaxLength:N0} are read.");
        return Read(System.IO.File.ReadLines(file), file);
    }

    public static YoloYaml Read(IEnumerable<string> lines, string file)
    {
        var yaml = new YoloYaml(file);
        string key = "";
        string? open = null; // A bracketed list that goes on over several lines.
        foreach (string raw in lines)
        {
            string line = WithoutComment(raw);
            string text = line.Trim();
            if (text.Length == 0 || text is "---" or "...") continue;
            if (open is not null)
            {
                open += " " + text;
                if (text.EndsWith(']')) open = yaml.Close(key, open);
                continue;
            }

            bool isItem = text.StartsWith("- ", StringComparison.Ordinal) || text == "-";
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (isItem)
            {
                yaml.AddItem(key, text[1..].Trim());
            }
            else if (char.IsWhiteSpace(line[0]))
            {
                if (colon > 0) yaml.AddItem(key, text[(colon + 1)..].Trim());
            }
            else if (colon > 0)
            {
                key = Unquoted(text[..colon].Trim());
                string value = text[(colon + 1)..].Trim();
                if (value.StartsWith('[') && !value.EndsWith(']')) open = value;
                else if (value.StartsWith('[')) yaml.Close(key, value);
                else if (value.Length > 0) yaml._texts[key] = Unquoted(value);
            }
        }

        return yaml;
    }

    /// <summary>The scalar of that key; null where there is none.</summary>
    public string? Text(string key) => _texts.GetValueOrDefault(key);

    /// <summary>The list of that key, or the scalar as a list of one; null where there is neither.</summary>
    public IReadOnlyList<string>? List(string key) =>
        _lists.TryGetValue(key, out var list) ? list : _texts.TryGetValue(key, out string? text) ? [text] : null;

    private string? Close(string key, string brackets)
    {
        _lists[key] = [.. brackets.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Unquoted)];
        return null;
    }

    private void AddItem(string key, string item)
    {
        if (item.Length == 0) return;
        if (!_lists.TryGetValue(key, out var list)) _lists[key] = list = [];
        list.Add(Unquoted(item));
    }

    private static string WithoutComment(string line)
    {
        int mark = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return mark < 0 ? line.TrimEnd() : line[..mark].TrimEnd();
    }

    private static string Unquoted(string text) => text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1] : text;
}
